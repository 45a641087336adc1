/** memcached's text protocol as far as tests need it: get, set, delete. */
import type { Store } from './store.js';

export interface TextRequest {
  readonly words: readonly string[];
  readonly data: Buffer;
}

export function frameText(
  bytes: Buffer,
  from: number,
): { readonly request: TextRequest; readonly end: number } | undefined {
  const at = bytes.indexOf('\r\n', from);
  if (at < 0) return undefined;
  const words = bytes.toString('latin1', from, at).split(' ');
  if (words[0] !== 'set') return { request: { words, data: Buffer.alloc(0) }, end: at + 2 };
  const end = at + 2 + Number(words[4]);
  if (bytes.length < end + 2) return undefined;
  return { request: { words, data: bytes.subarray(at + 2, end) }, end: end + 2 };
}

export function answerText(store: Store, { words, data }: TextRequest): Buffer | string {
  const [name, ...keys] = words;
  if (name === 'set') {
    store.set(keys[0] as string, data);
    return 'STORED\r\n';
  }
  if (name === 'delete') return store.delete(keys[0] as string) ? 'DELETED\r\n' : 'NOT_FOUND\r\n';
  if (name !== 'get') return 'ERROR\r\n';
  const found = keys.flatMap((key) => {
    const value = store.get(key);
    if (value === undefined) return [];
    return [Buffer.from(`VALUE ${key} 0 ${value.length}\r\n`), value, Buffer.from('\r\n')];
  });
  return Buffer.concat([...found, Buffer.from('END\r\n')]);
}
