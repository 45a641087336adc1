/** The slow log: commands that took longer than `slowlog-log-slower-than`, newest first. */
import { commandById } from '../commands/table.js';
import { ARG_EXTERNAL, ARG_LENGTH, FRAME_ARGC, FRAME_COMMAND, FRAME_HEADER } from '../engine/layout/batch.js';
import type { SlowNote } from '../message/slow.js';

/** Redis's limits on what an entry keeps. */
const ARGUMENTS_MAX = 32;
const ARGUMENT_MAX = 128;

export interface SlowEntry {
  readonly id: number;
  /** Seconds since 1970. */
  readonly at: number;
  readonly micros: number;
  /** The command's name and its arguments, shortened. */
  readonly words: readonly (string | Uint8Array)[];
  readonly address: string;
  readonly name: string;
}

export class SlowLog {
  readonly #most: () => number;
  readonly #entries: SlowEntry[] = [];
  #nextId = 0;

  constructor(most: () => number) {
    this.#most = most;
  }

  get length(): number {
    return this.#entries.length;
  }

  add(entry: Omit<SlowEntry, 'id' | 'words'>, words: readonly (string | Uint8Array)[], more = 0): void {
    this.#entries.unshift({ ...entry, id: this.#nextId++, words: shorten(words, more) });
    this.trim();
  }

  trim(): void {
    this.#entries.length = Math.min(this.#entries.length, this.#most());
  }

  newest(count: number): readonly SlowEntry[] {
    return this.#entries.slice(0, count);
  }

  clear(): void {
    this.#entries.length = 0;
  }
}

/** The words of a frame of which perhaps only the beginning is there, and how many are missing. */
export function wordsOfNote({ frame }: SlowNote): {
  readonly words: (string | Uint8Array)[];
  readonly missing: number;
} {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  const argc = view.getUint32(FRAME_ARGC, true);
  const name = commandById(view.getUint16(FRAME_COMMAND, true))?.name ?? '?';
  const words: (string | Uint8Array)[] = name.split('|');
  let at = FRAME_HEADER;
  let read = 0;
  for (; read < argc && read < ARGUMENTS_MAX && at + 4 <= frame.byteLength; read++) {
    const word = view.getUint32(at, true);
    const length = word & ARG_LENGTH;
    if ((word & ARG_EXTERNAL) !== 0) {
      words.push(`... (${length} bytes)`);
      at += 8;
    } else {
      words.push(frame.subarray(at + 4, at + 4 + length));
      at += 4 + ((length + 3) & ~3);
    }
  }
  return { words, missing: argc - read };
}

function shorten(words: readonly (string | Uint8Array)[], missing: number): (string | Uint8Array)[] {
  const total = words.length + missing;
  const kept = words.slice(0, total > ARGUMENTS_MAX ? ARGUMENTS_MAX - 1 : ARGUMENTS_MAX).map(shortenWord);
  if (total > kept.length) kept.push(`... (${total - kept.length} more arguments)`);
  return kept;
}

function shortenWord(word: string | Uint8Array): string | Uint8Array {
  if (word.length <= ARGUMENT_MAX) return word;
  const rest = `... (${word.length - ARGUMENT_MAX} more bytes)`;
  if (typeof word === 'string') return word.slice(0, ARGUMENT_MAX) + rest;
  return Buffer.concat([word.subarray(0, ARGUMENT_MAX), Buffer.from(rest)]);
}
