/** Two threads, one ring: every record must come through, whole and in order. */
import { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';
import { Doorbell } from '../../../src/ring/doorbell.js';
import { RingConsumer } from '../../../src/ring/ring.js';
import { isIntact, sizeOf } from './checksum.js';
import { ringMemory } from './ring-memory.js';

const CAPACITY = 8192;
const RECORD_MAX = 1024;
const RECORDS = 60_000;
/** Byte offsets of the doorbells: of the reader, and of the writer. */
const READER = 24;
const WRITER = 28;

it('brings everything from one thread to another', async () => {
  // Positions pass 2^32 on the way.
  const memory = ringMemory(CAPACITY, 2 ** 32 - 1_000_000);
  const words = memory.words as Int32Array<SharedArrayBuffer>;
  const bytes = new Uint8Array(words.buffer);
  const consumer = new RingConsumer(memory);
  const [ownBell, otherBell] = [new Doorbell(words, READER), new Doorbell(words, WRITER)];
  const worker = new Worker(new URL('./torture-writer.mjs', import.meta.url), {
    workerData: { buffer: words.buffer, capacity: CAPACITY, most: RECORD_MAX, records: RECORDS, READER, WRITER },
  });
  const failed = new Promise<never>((_, reject) => worker.once('error', reject));
  let number = 0;
  let broken = 0;

  const readAll = () => {
    for (let start = consumer.next(); start >= 0; start = consumer.next()) {
      const size = words[start >> 2] as number;
      const isRight = words[(start >> 2) + 1] === number && size === sizeOf(number, RECORD_MAX);
      if (!isRight || !isIntact(bytes.subarray(start, start + size), number)) broken++;
      number++;
      consumer.advance(size);
      if (consumer.release()) otherBell.ring();
    }
  };
  const read = async () => {
    while (number < RECORDS) {
      readAll();
      ownBell.announce();
      if (consumer.hasMore()) ownBell.cancel();
      else if (number < RECORDS) await new Promise<void>((resolve) => ownBell.waitAsync(resolve));
    }
  };
  await Promise.race([read(), failed]);
  expect(broken).toBe(0);
  expect(number).toBe(RECORDS);
  await worker.terminate();
}, 30_000);
