import { describe, expect, it } from 'vitest';
import { moveHead, moveTail, type RingMemory } from '../../../src/ring/ring.js';

const DATA = 1024;
const CAPACITY = 4096;

function ring(head: number, tail: number): RingMemory {
  const words = new Int32Array((DATA + CAPACITY) / 4);
  words[0] = head;
  words[16] = tail;
  return { words, head: 0, tail: 64, data: DATA, capacity: CAPACITY };
}

const positions = ({ words }: RingMemory) => ({ head: words[0], tail: words[16] });

describe('a ring whose owner has died', () => {
  it('publishes what was finished, also across the end of the memory', () => {
    const memory = ring(4000, 4000);
    moveHead(memory, DATA + 104);
    expect(positions(memory)).toEqual({ head: 4200, tail: 4000 });
  });

  it('releases what was consumed', () => {
    const memory = ring(9000, 8200);
    moveTail(memory, DATA + 508);
    expect(positions(memory)).toEqual({ head: 9000, tail: 8700 });
  });

  it('does not go back to a place that has been passed', () => {
    const memory = ring(9000, 8200);
    moveHead(memory, DATA + 700);
    moveTail(memory, DATA + 4);
    expect(positions(memory)).toEqual({ head: 9000, tail: 8200 });
  });

  it('takes no notice of an address that is not its own', () => {
    const memory = ring(9000, 8200);
    moveHead(memory, DATA - 8);
    moveTail(memory, DATA + CAPACITY + 8);
    expect(positions(memory)).toEqual({ head: 9000, tail: 8200 });
  });
});
