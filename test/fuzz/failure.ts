import type { Expected } from './model/index.js';
import { type FuzzOptions, replayCommand } from './options.js';

const SHOWN_MAX = 60;
const WORDS_MAX = 12;

export interface Asked {
  readonly words: readonly Buffer[];
  readonly expected: Expected;
}

/** The server has answered otherwise than the model, or not at all. */
export class FuzzFailure extends Error {
  constructor(options: FuzzOptions, round: number, { words, expected }: Asked, received: Buffer | undefined) {
    const wanted = Buffer.isBuffer(expected) ? shown(expected) : expected.text;
    super(
      [
        `round ${round}: ${request(words)}`,
        `expected ${wanted}`,
        `received ${received === undefined ? 'nothing' : shown(received)}`,
        Buffer.isBuffer(expected) && received !== undefined ? firstDifference(expected, received) : '',
        replayCommand({ ...options, rounds: round + 1 }),
      ].join('\n'),
    );
  }
}

function request(words: readonly Buffer[]): string {
  const text = words.slice(0, WORDS_MAX).map(shown).join(' ');
  return words.length > WORDS_MAX ? `${text} ... (${words.length} words)` : text;
}

function shown(bytes: Buffer): string {
  const text = JSON.stringify(bytes.toString('latin1', 0, SHOWN_MAX));
  return bytes.length > SHOWN_MAX ? `${text}... (${bytes.length} bytes)` : text;
}

function firstDifference(expected: Buffer, received: Buffer): string {
  let at = 0;
  while (at < expected.length && expected[at] === received[at]) at++;
  return `they differ from byte ${at} of ${expected.length} and ${received.length}`;
}
