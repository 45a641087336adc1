import type { Dispatch } from '../../src/acceptor/dispatcher.js';

/** All that decides what a run does: the same options do the same again. */
export interface FuzzOptions {
  readonly seed: number;
  readonly shards: number;
  readonly dispatch: Dispatch;
  /** Rounds of some requests each, after which the clock may move. */
  readonly rounds: number;
}

/** The command that runs it again. */
export function replayCommand({ seed, shards, dispatch, rounds }: FuzzOptions): string {
  return `npm run fuzz -- --seed ${seed} --shards ${shards} --dispatch ${dispatch} --rounds ${rounds}`;
}
