/** The load generator's process: does one job at a time for the process that has started it. */
import { runClosedLoop } from './closed-loop.js';
import { runFill } from './fill.js';
import { runKeysLoop } from './keys-loop.js';
import type { FromGenerator, Job, ToGenerator } from './messages.js';
import { runPacedGets } from './paced-gets.js';
import { runReadThrough } from './read-through.js';
import type { Run } from './run.js';

let run: Run | undefined;

function start(job: Job): Run {
  if (job.kind === 'closed-loop') return runClosedLoop(job);
  if (job.kind === 'paced-gets') return runPacedGets(job);
  if (job.kind === 'read-through') return runReadThrough(job);
  return job.kind === 'fill' ? runFill(job) : runKeysLoop(job);
}

function answer(message: FromGenerator): void {
  run = undefined;
  process.send?.(message);
}

process.on('message', (message: ToGenerator) => {
  if (message.type === 'reset') run?.reset();
  else if (message.type === 'stop') run?.stop();
  else {
    run = start(message.job);
    run.outcome.then(
      (result) => answer({ type: 'result', result }),
      (error: Error) => answer({ type: 'error', message: error.message }),
    );
  }
});
// Ctrl-C reaches the whole group; the parent decides.
process.on('SIGINT', () => {});
process.on('disconnect', () => process.exit(0));
