import { expect, it } from 'vitest';
import { OWNER_ACCEPTOR, OWNER_NOBODY, OWNER_SHARD, OWNER_WANTED } from '../../../src/engine/layout/control.js';
import { Ownership } from '../../../src/ring/ownership.js';

function make(): { ownership: Ownership; words: Int32Array } {
  const words = new Int32Array(new SharedArrayBuffer(256));
  return { ownership: new Ownership(words, 0), words };
}

it('is lent to one at a time', () => {
  const { ownership } = make();
  expect(ownership.holder()).toBe(OWNER_NOBODY);
  expect(ownership.tryBorrow()).toBe(true);
  expect(ownership.holder()).toBe(OWNER_ACCEPTOR);
  expect(ownership.tryBorrow()).toBe(false);
  ownership.release();
  expect(ownership.tryBorrow()).toBe(true);
});

it('is not lent while the shard works', () => {
  const { ownership } = make();
  ownership.takeForShard();
  expect(ownership.holder()).toBe(OWNER_SHARD);
  expect(ownership.tryBorrow()).toBe(false);
  ownership.release();
  expect(ownership.tryBorrow()).toBe(true);
});

it('can be taken by the shard that has it', () => {
  const { ownership } = make();
  ownership.takeForShard();
  ownership.takeForShard();
  expect(ownership.holder()).toBe(OWNER_SHARD);
});

it('is not lent while the shard waits for it', () => {
  const { ownership, words } = make();
  words[OWNER_WANTED >> 2] = 1;
  expect(ownership.tryBorrow()).toBe(false);
  expect(ownership.holder()).toBe(OWNER_NOBODY);
});

it('is taken from a thread that is gone', () => {
  const { ownership } = make();
  ownership.takeForShard();
  expect(ownership.seize()).toBe(true);
  expect(ownership.holder()).toBe(OWNER_ACCEPTOR);
  ownership.release();
  expect(ownership.seize()).toBe(false);
});
