/** Counts failures by their kind and by the first word of what the server said. */
import {
  FAIL_MISSING,
  FAIL_MOVED,
  FAIL_PRELOAD,
  FAIL_PROTOCOL,
  FAIL_REPLY,
  FAIL_RESET,
  FAIL_SETUP,
  FAIL_STALE,
  FAIL_TIMEOUT,
  FAIL_WRONG,
} from '../engine/layout.js';
import type { FailureCount } from './messages.js';

export type FailureKind = FailureCount['kind'];

const KINDS: Readonly<Record<number, FailureKind>> = {
  [FAIL_REPLY]: 'reply',
  [FAIL_RESET]: 'reset',
  [FAIL_TIMEOUT]: 'timeout',
  [FAIL_PROTOCOL]: 'protocol',
  [FAIL_MOVED]: 'moved',
  [FAIL_WRONG]: 'wrong value',
  [FAIL_STALE]: 'stale value',
  [FAIL_MISSING]: 'missing value',
  [FAIL_SETUP]: 'setup',
  [FAIL_PRELOAD]: 'preload',
};

/** Codes are what the server chooses: so many are told apart, the others share one line. */
const CODES_MOST = 50;
const CODE_LENGTH = 32;

export class Failures {
  readonly #counts = new Map<string, { -readonly [K in keyof FailureCount]: FailureCount[K] }>();

  /** `at`: microseconds since the measured time began. */
  addCode(kind: number, text: string, at: number): void {
    this.add(KINDS[kind] ?? 'protocol', text, at);
  }

  add(kind: FailureKind, text: string, at: number, count = 1): void {
    const word = /^[\w-]+/.exec(text)?.[0].slice(0, CODE_LENGTH) ?? '';
    const code = this.#counts.size < CODES_MOST || this.#counts.has(`${kind} ${word}`) ? word : 'others';
    const key = `${kind} ${code}`;
    const known = this.#counts.get(key);
    if (known !== undefined) known.count += count;
    else this.#counts.set(key, { kind, code, count, example: text, firstAt: at });
  }

  /** What has been counted since the last call. */
  take(): FailureCount[] {
    const all = [...this.#counts.values()];
    this.#counts.clear();
    return all;
  }
}
