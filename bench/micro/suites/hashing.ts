/** The hash of a key: the engine's keyed one, called from JavaScript for each key, beside an unkeyed one in JavaScript. */
import { EnginePair } from '../../support/engine-pair.js';
import type { Case, Settings, Suite } from '../suite.js';

const SIZES = [16, 64, 1024];
const SMOKE_SIZES = [16];
/** Keys one behind the other, so that one run is longer than the clock is coarse. */
const COUNT = 64;

export function hashingSuites({ smoke }: Settings): (() => Suite)[] {
  return (smoke ? SMOKE_SIZES : SIZES).map((size) => () => {
    const keys = new Uint8Array(size * COUNT).map((_, i) => i * 7);
    return {
      name: `Hash of a key of ${size} bytes`,
      item: 'hash',
      cases: [() => ours(keys, size), () => fnv(keys, size)],
    };
  });
}

function ours(keys: Uint8Array, size: number): Case {
  const pair = new EnginePair();
  const at = pair.place(keys);
  const { exports } = pair.acceptor;
  return {
    name: 'ours, keyed, 64 bits',
    items: COUNT,
    run: () => {
      for (let i = 0; i < COUNT; i++) exports.hashOf(at + i * size, size);
    },
  };
}

function fnv(keys: Uint8Array, size: number): Case {
  let last = 0;
  return {
    name: 'FNV-1a in JavaScript, no key, 32 bits',
    items: COUNT,
    run: () => {
      for (let i = 0; i < COUNT; i++) last ^= fnv1a(keys, i * size, size);
      if (Number.isNaN(last)) throw new Error('no hash');
    },
  };
}

function fnv1a(bytes: Uint8Array, start: number, length: number): number {
  let hash = 0x811c9dc5;
  for (let i = start; i < start + length; i++) hash = Math.imul(hash ^ (bytes[i] as number), 0x01000193);
  return hash >>> 0;
}
