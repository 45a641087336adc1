import { performance } from 'node:perf_hooks';
import { CLOCK_OFFSET } from '../engine/layout/control.js';
import { CONTROL } from '../engine/layout/memory.js';
import type { Clock } from './duty-cycle.js';

/** The system's clock, moved by the offset in a memory's control words. */
export function systemClock(memory: WebAssembly.Memory): Clock {
  const offset = new Float64Array(memory.buffer, CONTROL + CLOCK_OFFSET, 1);
  return {
    now: () => Date.now() + (offset[0] as number),
    elapsed: () => performance.now(),
  };
}
