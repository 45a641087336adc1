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

/** Kinds whose text is an error reply: its first word says what it is. */
const SAID: ReadonlySet<FailureKind> = new Set(['reply', 'moved', 'setup', 'preload']);
/** What there is to say where the server has said nothing. */
const UNSAID: { readonly [K in FailureKind]?: string } = {
  timeout: 'no reply in time',
  protocol: 'a reply that nobody asked for',
};

/** Codes are what the server chooses: so many of a run are told apart, the others share one line of their kind. */
const CODES_MOST = 50;
const CODE_LENGTH = 32;

export class Failures {
  readonly #counts = new Map<string, { -readonly [K in keyof FailureCount]: FailureCount[K] }>();
  /** All kinds and codes so far that are told apart. */
  readonly #apart = new Set<string>();

  /** What the engine has reported (FAIL_...). `at`: microseconds since the measured time began. */
  addCode(number: number, text: string, at: number): void {
    const kind = KINDS[number] ?? 'protocol';
    this.add(kind, text || (UNSAID[kind] ?? ''), at, { word: SAID.has(kind) ? (/^[\w-]+/.exec(text)?.[0] ?? '') : '' });
  }

  /** `word`: tells failures of one kind apart, such as the system's name of an error. */
  add(kind: FailureKind, text: string, at: number, { word: given = '', count = 1 } = {}): void {
    const code = this.#codeOf(kind, given.slice(0, CODE_LENGTH));
    const key = `${kind} ${code}`;
    const known = this.#counts.get(key);
    if (known !== undefined) known.count += count;
    else this.#counts.set(key, { kind, code, count, example: text, firstAt: at });
  }

  #codeOf(kind: FailureKind, word: string): string {
    const key = `${kind} ${word}`;
    if (word === '' || this.#apart.has(key)) return word;
    if (this.#apart.size === CODES_MOST) return 'others';
    this.#apart.add(key);
    return word;
  }

  /** What has been counted since the last call. */
  take(): FailureCount[] {
    const all = [...this.#counts.values()];
    this.#counts.clear();
    return all;
  }
}
