/** A job that goes on. */
import type { Outcome } from './messages.js';

export interface Run {
  /** Settled when the job has ended. */
  readonly outcome: Promise<Outcome>;
  /** Forgets what was measured so far. */
  reset(): void;
  /** Ends the job, for those that do not end by themselves. */
  stop(): void;
}

/** A promise with the functions that settle it. */
export function pending<T>(): { promise: Promise<T>; resolve(value: T): void; reject(error: Error): void } {
  let settle: { resolve(value: T): void; reject(error: Error): void } | undefined;
  const promise = new Promise<T>((resolve, reject) => {
    settle = { resolve, reject };
  });
  return { promise, ...(settle as unknown as { resolve(value: T): void; reject(error: Error): void }) };
}

export function unused(): void {}
