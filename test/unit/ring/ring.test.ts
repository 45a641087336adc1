import { describe, expect, it } from 'vitest';
import { RING_PAD } from '../../../src/engine/layout/ring.js';
import {
  discard,
  moveHead,
  moveTail,
  RingConsumer,
  type RingMemory,
  RingProducer,
  recordSize,
} from '../../../src/ring/ring.js';
import { Random } from '../../support/random.js';
import { ringMemory } from './ring-memory.js';

const CAPACITY = 256;

function write(memory: RingMemory, producer: RingProducer, size: number, value = 0): boolean {
  const at = producer.claim(size);
  if (at < 0) return false;
  memory.words[at >> 2] = size;
  if (size > 4) memory.words[(at >> 2) + 1] = value;
  producer.commit(size);
  return true;
}

/** Reads all there is, as its reader does: record by record up to `end`, pads skipped. */
function readAll({ words }: RingMemory, consumer: RingConsumer): number[] {
  const values: number[] = [];
  for (let start = consumer.next(); start >= 0; start = consumer.next()) {
    let at = start;
    while (at < consumer.end) {
      const size = words[at >> 2] as number;
      if ((size & RING_PAD) === 0) values.push(words[(at >> 2) + 1] as number);
      at += size & ~RING_PAD;
    }
    consumer.advance(consumer.end - start);
  }
  return values;
}

it('rounds records up to 8 bytes', () => {
  expect([1, 8, 9, 16].map(recordSize)).toEqual([8, 8, 16, 16]);
});

// Positions are counted modulo 2^32: everything must go on there as it does elsewhere.
describe.each([0, 2 ** 31 - CAPACITY, 2 ** 32 - CAPACITY])('positions from %i on', (from) => {
  it('shows nothing before it is published', () => {
    const memory = ringMemory(CAPACITY, from);
    const [producer, consumer] = [new RingProducer(memory), new RingConsumer(memory)];
    expect(producer.publish()).toBe(false);
    write(memory, producer, 16, 1);
    expect(consumer.hasMore()).toBe(false);
    expect(consumer.next()).toBe(-1);
    expect(producer.publish()).toBe(true);
    expect(readAll(memory, consumer)).toEqual([1]);
  });

  it('is full, and has room again when it is told so', () => {
    const memory = ringMemory(CAPACITY, from);
    const [producer, consumer] = [new RingProducer(memory), new RingConsumer(memory)];
    for (let i = 0; i < CAPACITY / 16; i++) expect(write(memory, producer, 16, i)).toBe(true);
    expect(write(memory, producer, 16)).toBe(false);
    expect(producer.used).toBe(CAPACITY);
    producer.publish();
    expect(readAll(memory, consumer)).toHaveLength(CAPACITY / 16);
    expect(write(memory, producer, 16)).toBe(false);
    expect(producer.isDrained()).toBe(false);
    expect(consumer.release()).toBe(true);
    expect(consumer.release()).toBe(false);
    expect(producer.isDrained()).toBe(true);
    expect(write(memory, producer, 16)).toBe(true);
  });

  it('pads the end for a record that does not fit before it', () => {
    const memory = ringMemory(CAPACITY, from);
    const [producer, consumer] = [new RingProducer(memory), new RingConsumer(memory)];
    write(memory, producer, 96, 1);
    write(memory, producer, 96, 2);
    producer.publish();
    expect(readAll(memory, consumer)).toEqual([1, 2]);
    consumer.release();
    expect(write(memory, producer, 96, 3)).toBe(true);
    expect(write(memory, producer, 96, 4)).toBe(true);
    producer.publish();
    expect(readAll(memory, consumer)).toEqual([3, 4]);
  });

  it('takes a record of its whole size, but only where one begins', () => {
    const memory = ringMemory(CAPACITY, from);
    const [producer, consumer] = [new RingProducer(memory), new RingConsumer(memory)];
    expect(write(memory, producer, CAPACITY, 7)).toBe(true);
    producer.publish();
    expect(readAll(memory, consumer)).toEqual([7]);
    consumer.release();
    expect(write(memory, producer, CAPACITY + 8)).toBe(false);
  });

  it('claims areas for records of unknown size', () => {
    const memory = ringMemory(CAPACITY, from);
    const producer = new RingProducer(memory);
    expect(producer.claimArea(64, 1000)).toBeGreaterThanOrEqual(0);
    expect(producer.claimed).toBe(CAPACITY);
    producer.commit(200);
    expect(producer.claimArea(64, 1000)).toBe(-1);
    expect(producer.claimArea(16, 1000)).toBeGreaterThanOrEqual(0);
    expect(producer.claimed).toBe(56);
    expect(producer.claimArea(16, 24)).toBeGreaterThanOrEqual(0);
    expect(producer.claimed).toBe(24);
  });

  it('keeps all records and their order, whatever their sizes', () => {
    const random = new Random(from);
    const memory = ringMemory(CAPACITY, from);
    const [producer, consumer] = [new RingProducer(memory), new RingConsumer(memory)];
    let [written, read] = [0, 0];
    for (let i = 0; i < 20_000; i++) {
      const kind = random.below(4);
      if (kind < 2 && write(memory, producer, 8 * random.between(1, 12), written)) written++;
      else if (kind === 2) producer.publish();
      else {
        for (const value of readAll(memory, consumer)) expect(value).toBe(read++);
        if (random.chance(0.7)) consumer.release();
      }
    }
    producer.publish();
    for (const value of readAll(memory, consumer)) expect(value).toBe(read++);
    expect(read).toBe(written);
  });

  it('goes on for a producer or a consumer that died', () => {
    const memory = ringMemory(CAPACITY, from);
    const producer = new RingProducer(memory);
    for (let i = 0; i < 4; i++) write(memory, producer, 32, i);
    // Three of them were finished when it died, none published.
    moveHead(memory, memory.data + ((from + 96) & (CAPACITY - 1)));
    const first = new RingConsumer(memory);
    expect(readAll(memory, first)).toEqual([0, 1, 2]);
    // Two were done when it died.
    moveTail(memory, memory.data + ((from + 64) & (CAPACITY - 1)));
    expect(readAll(memory, new RingConsumer(memory))).toEqual([2]);
    discard(memory);
    expect(readAll(memory, new RingConsumer(memory))).toEqual([]);
    const next = new RingProducer(memory);
    write(memory, next, 16, 9);
    next.publish();
    expect(readAll(memory, new RingConsumer(memory))).toEqual([9]);
  });

  it('does not move to a place outside', () => {
    const memory = ringMemory(CAPACITY, from);
    moveHead(memory, 0);
    moveHead(memory, memory.data + CAPACITY + 8);
    expect(memory.words[0]).toBe(from | 0);
  });
});
