/** Our own load generator, seen from the benchmark: a process that does one job at a time. */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { adopt, endChild } from '../../support/children.js';
import type { FromGenerator, Job, Outcome, ToGenerator } from './messages.js';

/** A job that is late by so much hangs. */
const PATIENCE_MS = 60_000;

export class Generator {
  #child: ChildProcess | undefined;

  /** Does a job that ends by itself. */
  run(job: Job, limitMs = PATIENCE_MS): Promise<Outcome> {
    return this.#begin(job, limitMs);
  }

  /** Begins a job that has to be stopped. */
  start(job: Job, limitMs = PATIENCE_MS): { reset(): void; stop(): Promise<Outcome> } {
    const outcome = this.#begin(job, limitMs);
    // It may fail before it is stopped.
    outcome.catch(() => {});
    return {
      reset: () => this.#send({ type: 'reset' }),
      stop: () => {
        this.#send({ type: 'stop' });
        return outcome;
      },
    };
  }

  #send(message: ToGenerator): void {
    if (this.#child?.connected === true) this.#child.send(message);
  }

  #begin(job: Job, limitMs: number): Promise<Outcome> {
    this.#child ??= adopt(fork(fileURLToPath(new URL('./main.ts', import.meta.url))));
    const child = this.#child;
    return new Promise((resolve, reject) => {
      const end = () => {
        clearTimeout(timer);
        child.off('message', onMessage);
        child.off('exit', onExit);
      };
      const fail = (message: string) => {
        end();
        // A generator that failed may be in any state.
        this.#child = undefined;
        child.kill('SIGKILL');
        reject(new Error(message));
      };
      const onMessage = (message: unknown) => {
        const answer = message as FromGenerator;
        if (answer.type === 'error') return fail(answer.message);
        end();
        return resolve(answer.result);
      };
      const onExit = () => fail('the generator has died');
      const timer = setTimeout(
        () => fail(`no end of ${job.kind} within ${limitMs / 1000} s: replies are missing`),
        limitMs,
      );
      child.on('message', onMessage);
      child.on('exit', onExit);
      this.#send({ type: 'start', job });
    });
  }

  async close(): Promise<void> {
    if (this.#child !== undefined) await endChild(this.#child, 500);
    this.#child = undefined;
  }
}
