/** The lowest rung: the engine in this thread, a pipeline a call, nothing between it and the bytes. */
import type { EnginePair } from '../support/engine-pair.js';
import { type Command, Prepared } from './workload.js';

/** Pipelines between two looks at the clock. */
const STRIDE = 256;

/** Commands a second. */
export function climbEngine(pair: EnginePair, command: Command, depth: number, keys: number, seconds: number): number {
  const prepared = new Prepared(pair, command, depth, keys);
  checkReplies(pair, command, depth, prepared);
  run(pair, prepared, seconds / 5);
  const { done, ms } = run(pair, prepared, seconds);
  return (done * depth * 1000) / ms;
}

function run(pair: EnginePair, prepared: Prepared, seconds: number): { done: number; ms: number } {
  const start = performance.now();
  const end = start + seconds * 1000;
  let done = 0;
  let now = start;
  while (now < end) {
    const nowMs = Date.now();
    for (let i = 0; i < STRIDE; i++) {
      pair.serve(prepared.start(done), prepared.end(done), nowMs);
      done++;
    }
    now = performance.now();
  }
  return { done, ms: now - start };
}

function checkReplies(pair: EnginePair, command: Command, depth: number, prepared: Prepared): void {
  pair.serve(prepared.start(0), prepared.end(0), Date.now());
  const { count, text } = pair.replies;
  const mark = command === 'GET' ? '$64\r\nxxx' : '+OK\r\n';
  if (count !== depth || !text.startsWith(mark)) throw new Error(`wrong replies: ${count} of ${depth}, ${text}`);
}
