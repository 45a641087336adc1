/**
 * What the type of an option can do: read the words that someone wrote, and write its value. Every value goes through
 * `parse`, whether it comes from a flag, a file, the environment, CONFIG SET or a program.
 */
import { z } from 'zod';
import { quoteIfNeeded } from '../words.js';

/** A value, or Redis's words for what is wrong with it. */
export type Parsed<P> = { readonly ok: true; readonly value: P } | { readonly ok: false; readonly reason: string };

/** `P` is what one line says; it differs from the value only where several lines together make the value. */
export interface OptionType<T, P = T> {
  readonly kind: string;
  /** Whether it takes several words; then one word with spaces in it stands for several. */
  readonly manyWords: boolean;
  /** For --help. */
  readonly placeholder: string;
  /** Ends the sentence `expected ...`. */
  readonly expects: string;
  parse(words: readonly string[]): Parsed<P>;
  /** What a line makes of the value. `again`: an earlier line of the same start has already set it. */
  combine(current: T, parsed: P, again: boolean): T;
  /** As CONFIG GET shows it. CONFIG SET takes it back. */
  format(value: T): string;
  /** What follows the name on the lines of a redis.conf that say this value. None: it is said by saying nothing. */
  lines(value: T): readonly string[];
}

export const WRONG_NUMBER = 'wrong number of arguments';

interface Traits<T> {
  readonly kind: string;
  readonly placeholder: string;
  readonly expects: string;
  format(value: T): string;
  lines?(value: T): readonly string[];
}

/** A type whose value is one word. */
export function oneWord<T>(traits: Traits<T> & { schema: () => z.ZodType<T, string> }): OptionType<T> {
  const schema = once(traits.schema);
  return {
    ...traits,
    manyWords: false,
    parse: ([word, ...more]) =>
      word === undefined || more.length > 0 ? { ok: false, reason: WRONG_NUMBER } : check(schema(), word),
    combine: (_current, parsed) => parsed,
    lines: traits.lines ?? ((value) => [quoteIfNeeded(traits.format(value))]),
  };
}

/** A type whose value is any number of words. */
export function manyWords<T, P = T>(
  traits: Traits<T> & {
    schema: () => z.ZodType<P, readonly string[]>;
    combine: OptionType<T, P>['combine'];
  },
): OptionType<T, P> {
  const schema = once(traits.schema);
  return {
    ...traits,
    manyWords: true,
    parse: (words) => check(schema(), words),
    lines: traits.lines ?? ((value) => [traits.format(value) || '""']),
  };
}

/** The last line wins: the usual way to combine. */
export function replace<T>(_current: T, parsed: T): T {
  return parsed;
}

/** What a reader answers when it can't read its text. */
export class Unreadable {
  readonly reason: string;
  constructor(reason: string) {
    this.reason = reason;
  }
}

/** A schema from a function that reads its input or says why not. */
export function reading<I, P>(input: z.ZodType<I, I>, read: (value: I) => P | Unreadable): z.ZodType<P, I> {
  return input.transform((value, context) => {
    const result = read(value);
    if (!(result instanceof Unreadable)) return result;
    context.addIssue({ code: 'custom', message: result.reason });
    return z.NEVER;
  });
}

/** What all many-word schemas start from. */
export function wordsSchema(): z.ZodType<readonly string[], readonly string[]> {
  return z.array(z.string()).readonly();
}

function check<I, P>(schema: z.ZodType<P, I>, input: I): Parsed<P> {
  const result = schema.safeParse(input);
  if (result.success) return { ok: true, value: result.data };
  return { ok: false, reason: result.error.issues[0]?.message ?? 'invalid value' };
}

/** Schemas are built when first needed: most of the table is never written by anyone. */
function once<T>(build: () => T): () => T {
  let built: { readonly value: T } | undefined;
  return () => {
    built ??= { value: build() };
    return built.value;
  };
}
