import { z } from 'zod';
import { manyWords, type OptionType, oneWord, reading, replace, Unreadable, wordsSchema } from './type.js';

/** `yes` or `no`. */
export function boolean(): OptionType<boolean> {
  return oneWord({
    kind: 'boolean',
    placeholder: '<yes|no>',
    expects: 'yes or no',
    schema: () =>
      z
        .string()
        .toLowerCase()
        .pipe(z.enum(['yes', 'no'], "argument must be 'yes' or 'no'"))
        .transform((text) => text === 'yes'),
    format: (value) => (value ? 'yes' : 'no'),
  });
}

/** One of some words. */
export function oneOf<const V extends readonly [string, ...string[]]>(...values: V): OptionType<V[number]> {
  return oneWord<V[number]>({
    kind: 'enum',
    placeholder: values.length <= 3 ? `<${values.join('|')}>` : '<name>',
    expects: `one of ${values.join(', ')}`,
    schema: () =>
      z
        .string()
        .toLowerCase()
        .pipe(z.enum(values, notOneOf(values))),
    format: (value) => value,
  });
}

/** Any of some words, in their own order; the first one stands for none. */
export function anyOf<const V extends readonly [string, ...string[]]>(...values: V): OptionType<readonly V[number][]> {
  const none = values[0];
  return manyWords<readonly V[number][]>({
    kind: 'flags',
    placeholder: '<names>',
    expects: `some of ${values.join(', ')}`,
    schema: () =>
      reading(wordsSchema(), (words) => {
        const names = words.map((word) => word.toLowerCase());
        const known = names.length > 0 && names.every((name) => values.includes(name));
        if (!known) return new Unreadable(notOneOf(values));
        return values.filter((value) => value !== none && names.includes(value));
      }),
    combine: replace,
    format: (value) => value.join(' ') || none,
  });
}

/** Any text. `pattern` and what it demands, if not every text will do. */
export function text(pattern?: RegExp, expects = 'a text', placeholder = '<text>'): OptionType<string> {
  return oneWord({
    kind: 'string',
    placeholder,
    expects,
    schema: () => (pattern === undefined ? z.string() : z.string().regex(pattern, `argument must be ${expects}`)),
    format: (value) => value,
  });
}

/** The name of a file, without a folder. `reason` is what Redis says of one that has a folder. */
export function fileName(reason: string): OptionType<string> {
  return oneWord({
    kind: 'string',
    placeholder: '<name>',
    expects: 'a file name without a folder',
    schema: () => z.string().regex(/^[^/\\]*$/, reason),
    format: (value) => value,
  });
}

function notOneOf(values: readonly string[]): string {
  return `argument(s) must be one of the following: ${values.join(', ')}`;
}
