/** Counters, whatever happens to requests. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FAIL_RESET } from '../../../../src/load/engine/layout.js';
import { random } from '../report/random.js';
import { type Counts, GET, Harness, MODIFY, openLoop, SET } from './harness.js';
import { countCommands } from './requests.js';

const SEED = 61;
const CONNECTIONS = 3;

/** A run in which anything may happen at any time; how its requests were counted. */
function play(seed: number): Counts[] {
  const draw = random(seed);
  const isOpen = draw() < 0.5;
  const harness = new Harness({
    ...(isOpen ? openLoop(50) : {}),
    seed,
    connections: CONNECTIONS,
    pipeline: 1 + Math.floor(draw() * 5),
    workload: { operations: [GET, SET, MODIFY] },
  });
  const waiting = new Array<number>(CONNECTIONS).fill(0);
  const send = (c: number, time: number) => {
    if (isOpen) harness.beginOnly(time);
    else harness.exports.fill(c, time);
    waiting[c] = (waiting[c] ?? 0) + countCommands(harness.build(c, draw() < 0.3 ? harness.room : undefined));
  };
  const answer = (c: number, time: number) => {
    const replies = Math.floor(draw() * ((waiting[c] ?? 0) + 1));
    const texts = Array.from({ length: replies }, () => (draw() < 0.2 ? '-ERR x\r\n' : '+OK\r\n'));
    expect(harness.receive(texts.join(''), time, c)).toBe(0);
    waiting[c] = (waiting[c] ?? 0) - replies;
  };
  const breakOff = (c: number, time: number) => {
    harness.exports.dropped(c, FAIL_RESET, time);
    if (draw() < 0.5) harness.exports.opened(c, 0, 0, time);
    waiting[c] = 0;
  };
  for (let step = 0; step < 300; step++) {
    const action = draw();
    const act = action < 0.4 ? send : action < 0.9 ? answer : breakOff;
    act(Math.floor(draw() * CONNECTIONS), step * 10_000);
  }
  harness.exports.endRun();
  for (let i = 0; i < CONNECTIONS; i++) harness.exports.dropped(i, FAIL_RESET, 0);
  return [0, 1, 2].map((operation) => harness.counts(operation));
}

describe('whatever happens', () => {
  it('every request that was sent succeeds or fails, once', () => {
    let all = 0;
    fc.assert(
      fc.property(fc.nat(2 ** 31), (seed) => {
        const [get, set, modify] = play(seed) as [Counts, Counts, Counts];
        expect([get.sent, set.sent]).toEqual([get.succeeded + get.failed, set.succeeded + set.failed]);
        expect([get.hits + get.misses, set.hits + set.misses]).toEqual([get.succeeded, 0]);
        // The second half of some was never sent.
        expect(modify.sent).toBeGreaterThanOrEqual(modify.succeeded + modify.failed);
        expect(modify.hits + modify.misses).toBeGreaterThanOrEqual(modify.succeeded);
        all += get.sent + set.sent + modify.sent;
      }),
      { seed: SEED, numRuns: 40 },
    );
    expect(all).toBeGreaterThan(2000);
  });
});
