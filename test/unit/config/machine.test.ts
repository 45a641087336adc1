import { expect, it } from 'vitest';
import { memoryWithin, thisMachine } from '../../../src/config/machine.js';
import {
  automaticMaxmemory,
  automaticShards,
  SHARD_MAX_BYTES,
  SHARD_MIN_BYTES,
} from '../../../src/config/shard-memory.js';

const GIB = 1024 ** 3;
const machine = (memoryBytes: number, cores = 4) => ({ memoryBytes, cores, directory: '/' });

it("takes a container's limit where there is one", () => {
  expect(memoryWithin(8 * GIB, 2 * GIB)).toBe(2 * GIB);
  // What Node answers without a limit.
  for (const none of [undefined, 0, 2 ** 64]) expect(memoryWithin(8 * GIB, none)).toBe(8 * GIB);
});

it('knows the machine', () => {
  expect(thisMachine()).toEqual({
    cores: expect.toSatisfy((n) => n >= 1),
    memoryBytes: expect.toSatisfy((n) => n > 1024 ** 2),
    directory: process.cwd(),
  });
});

it('takes half of the memory, within what the shards can hold', () => {
  expect(automaticMaxmemory(machine(4 * GIB), 3)).toBe(2 * GIB);
  expect(automaticMaxmemory(machine(64 * GIB), 3)).toBe(3 * SHARD_MAX_BYTES);
  expect(automaticMaxmemory(machine(1024 ** 2), 3)).toBe(3 * SHARD_MIN_BYTES);
  expect(SHARD_MAX_BYTES).toBeLessThan(4 * GIB);
});

it('leaves a core to the acceptor', () => {
  expect([1, 2, 8, 200].map((cores) => automaticShards(machine(GIB, cores), 64))).toEqual([1, 1, 7, 64]);
});
