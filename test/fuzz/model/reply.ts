/** What a command must answer: these bytes, or any that pass a test when more than one answer is right. */
export type Expected = Buffer | Choice;

export interface Choice {
  /** For the report of a failure. */
  readonly text: string;
  readonly accepts: (reply: Buffer) => boolean;
}

export type Protocol = 2 | 3;

export const OK = Buffer.from('+OK\r\n');

export function error(text: string): Buffer {
  return Buffer.from(`-${text}\r\n`, 'latin1');
}

export const SYNTAX = error('ERR syntax error');
export const NOT_INTEGER = error('ERR value is not an integer or out of range');
export const NO_KEY = error('ERR no such key');
export const TOO_LONG = error('ERR string exceeds maximum allowed size (proto-max-bulk-len)');
export const BAD_DATABASE = error('ERR DB index is out of range');
export const SAME = error('ERR source and destination objects are the same');

export function integer(n: number | bigint): Buffer {
  return Buffer.from(`:${n}\r\n`);
}

export function simple(text: string): Buffer {
  return Buffer.from(`+${text}\r\n`);
}

export function bulk(bytes: Uint8Array | string): Buffer {
  const content = Buffer.from(bytes as string, 'latin1');
  return Buffer.concat([Buffer.from(`$${content.length}\r\n`), content, Buffer.from('\r\n')]);
}

export function nil(protocol: Protocol): Buffer {
  return Buffer.from(protocol === 3 ? '_\r\n' : '$-1\r\n');
}

export function array(elements: readonly Buffer[]): Buffer {
  return Buffer.concat([Buffer.from(`*${elements.length}\r\n`), ...elements]);
}

/** A map, which is an array of twice as many elements in RESP2. */
export function map(elements: readonly Buffer[], protocol: Protocol): Buffer {
  if (protocol === 2) return array(elements);
  return Buffer.concat([Buffer.from(`%${elements.length / 2}\r\n`), ...elements]);
}
