import { z } from 'zod';
import { formatMemory, parseMemory } from '../memory-text.js';
import { type OptionType, oneWord, reading, Unreadable } from './type.js';

/** Redis's limits of a C int and, as far as a JavaScript number can count, of a long. */
export const INT_MIN = -(2 ** 31);
export const INT_MAX = 2 ** 31 - 1;
export const UINT_MAX = 2 ** 32 - 1;
export const LONG_MAX = Number.MAX_SAFE_INTEGER;

/** A whole number, written without sign, point or leading zeros, as Redis demands it. */
export function integer(min: number, max: number): OptionType<number> {
  return oneWord({
    kind: 'integer',
    placeholder: '<n>',
    expects: max === LONG_MAX ? `an integer of at least ${min}` : `an integer between ${min} and ${max}`,
    schema: () =>
      z
        .string()
        .regex(/^(0|-?[1-9]\d*)$/, "argument couldn't be parsed into an integer")
        .transform(Number)
        .pipe(range(min, max)),
    format: String,
  });
}

/** A file mode. The value is the number; it is written in octal. */
export function octal(min: number, max: number): OptionType<number> {
  return oneWord({
    kind: 'octal',
    placeholder: '<mode>',
    expects: `an octal number between ${min.toString(8)} and ${max.toString(8)}`,
    schema: () =>
      z
        .string()
        .regex(/^[0-7]+$/, "argument couldn't be parsed as an octal number")
        .transform((text) => Number.parseInt(text, 8))
        .pipe(range(min, max, 8)),
    format: (value) => value.toString(8),
  });
}

/** An amount of memory in bytes. */
export function memory(min: number, max = LONG_MAX): OptionType<number> {
  const atLeast = min > 0 ? ` of at least ${formatMemory(min)}` : '';
  return oneWord({
    kind: 'memory',
    placeholder: '<size>',
    expects: `a size such as 512mb or 1gb${atLeast}`,
    schema: () => reading(z.string(), readMemory).pipe(range(min, max)),
    format: String,
    lines: (value) => [formatMemory(value)],
  });
}

/** An amount of memory, or a share of all there is. */
export type MemoryOrPercent = { readonly bytes: number } | { readonly percent: number };

export function memoryOrPercent(): OptionType<MemoryOrPercent> {
  const written = (value: MemoryOrPercent, bytes: (n: number) => string) =>
    'percent' in value ? `${value.percent}%` : bytes(value.bytes);
  return oneWord<MemoryOrPercent>({
    kind: 'memory-or-percent',
    placeholder: '<size|%>',
    expects: 'a size such as 512mb, or a share such as 5%',
    schema: () => reading(z.string(), readMemoryOrPercent),
    format: (value) => written(value, String),
    lines: (value) => [written(value, formatMemory)],
  });
}

function readMemory(text: string): number | Unreadable {
  return parseMemory(text) ?? new Unreadable('argument must be a memory value');
}

function readMemoryOrPercent(text: string): MemoryOrPercent | Unreadable {
  const bytes = parseMemory(text);
  if (bytes !== undefined) return { bytes };
  if (!/^(0|[1-9]\d*)%$/.test(text)) return new Unreadable('argument must be a memory or percent value');
  const percent = Number(text.slice(0, -1));
  return percent <= 100 ? { percent } : new Unreadable('percentage argument must be less or equal to 100');
}

function range(min: number, max: number, radix = 10): z.ZodType<number, number> {
  const message = `argument must be between ${min.toString(radix)} and ${max.toString(radix)} inclusive`;
  return z.number().refine((value) => value >= min && value <= max, message);
}
