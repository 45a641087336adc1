import { formatMemory, parseMemory } from '../memory-text.js';
import { manyWords, type OptionType, reading, Unreadable, wordsSchema } from './type.js';

/**
 * How much unread output a client may have. 0: no limit.
 * @public for the declarations of the option table
 */
export interface OutputLimit {
  /** Above this the client is closed at once. */
  readonly hardBytes: number;
  /** Above this for so long it is closed too. */
  readonly softBytes: number;
  readonly softSeconds: number;
}

type ClientClass = 'normal' | 'replica' | 'pubsub';
export type OutputLimits = Readonly<Record<ClientClass, OutputLimit>>;

/** In the order in which they are shown, with the names that CONFIG GET still gives them. */
const CLASSES: readonly (readonly [ClientClass, string])[] = [
  ['normal', 'normal'],
  ['replica', 'slave'],
  ['pubsub', 'pubsub'],
];

/** Groups of `class hard soft seconds`. Classes that are not mentioned stay as they are. */
export function outputLimits(): OptionType<OutputLimits, Partial<OutputLimits>> {
  return manyWords<OutputLimits, Partial<OutputLimits>>({
    kind: 'output-limits',
    placeholder: '<limits>',
    expects: 'groups of a class (normal, replica, pubsub), a hard size, a soft size and seconds',
    schema: () => reading(wordsSchema(), readLimits),
    combine: (current, parsed) => ({ ...current, ...parsed }),
    format: (value) => CLASSES.map(([name, shown]) => `${shown} ${limitWords(value[name], String)}`).join(' '),
    lines: (value) => CLASSES.map(([name]) => `${name} ${limitWords(value[name], formatMemory)}`),
  });
}

function readLimits(words: readonly string[]): Partial<OutputLimits> | Unreadable {
  if (words.length % 4 !== 0) return new Unreadable('Wrong number of arguments in buffer limit configuration.');
  const limits: Partial<Record<ClientClass, OutputLimit>> = {};
  for (let i = 0; i < words.length; i += 4) {
    const [className, hard, soft, seconds] = words.slice(i, i + 4) as [string, string, string, string];
    const name = CLASSES.find((names) => names.includes(className.toLowerCase()))?.[0];
    if (name === undefined) return new Unreadable('Invalid client class specified in buffer limit configuration.');
    const hardBytes = parseMemory(hard);
    const softBytes = parseMemory(soft);
    if (hardBytes === undefined || softBytes === undefined || !/^\d{1,9}$/.test(seconds)) {
      return new Unreadable('Error in hard, soft or soft_seconds setting in buffer limit configuration.');
    }
    limits[name] = { hardBytes, softBytes, softSeconds: Number(seconds) };
  }
  return limits;
}

function limitWords(limit: OutputLimit, size: (bytes: number) => string): string {
  return `${size(limit.hardBytes)} ${size(limit.softBytes)} ${limit.softSeconds}`;
}
