/** Numbers as people write them: counts and rates (`50k`), durations (`500ms`), bytes (`1kb`). */
import { formatMemory, parseMemory } from '../../config/memory-text.js';
import { UsageError } from './usage-error.js';

const MULTIPLES: ReadonlyMap<string, number> = new Map([
  ['', 1],
  ['k', 1e3],
  ['m', 1e6],
  ['g', 1e9],
]);

/** In microseconds, which keep a whole number of them exact. */
const TIME_UNITS: ReadonlyMap<string, number> = new Map([
  ['us', 1],
  ['ms', 1e3],
  ['s', 1e6],
  ['m', 60e6],
  ['h', 3600e6],
]);

/** A whole number, perhaps in thousands or millions: `100000`, `100k`, `1.5m`. */
export function readCount(text: string, least: number, most: number): number {
  const value = scaled(text);
  if (value === undefined || !Number.isInteger(value) || value < least || value > most) {
    throw new UsageError(`expected a whole number from ${least} to ${most}`);
  }
  return value;
}

/** Requests a second: `5000`, `50k`, `0.5`, `50k/s`. */
export function readRate(text: string, least = Number.MIN_VALUE): number {
  const value = scaled(text.replace(/\/s$/, ''));
  if (value === undefined || value < least || value > MOST_RATE) {
    throw new UsageError('expected requests a second, such as 500, 50k or 1.5m');
  }
  return value;
}

const MOST_RATE = 100e6;

/** Seconds. A number without a unit counts seconds. */
export function readDuration(text: string, least: number, most: number): number {
  const micros = microseconds(text, 's');
  const seconds = micros === undefined ? undefined : micros / 1e6;
  if (seconds === undefined || seconds < least || seconds > most) {
    const range = `from ${formatDuration(least)} to ${formatDuration(most)}`;
    throw new UsageError(`expected a duration such as 500ms, 10s or 2m, ${range}`);
  }
  return seconds;
}

/** The microseconds that `2ms` stands for; undefined when it is none, or has no unit and there is no `plain` one. */
export function microseconds(text: string, plain?: string): number | undefined {
  const [, digits, unit = plain] = /^(\d+(?:\.\d+)?)(us|ms|s|m|h)?$/.exec(text) ?? [];
  const factor = unit === undefined ? undefined : TIME_UNITS.get(unit);
  return digits === undefined || factor === undefined ? undefined : Number(digits) * factor;
}

export function formatDuration(seconds: number): string {
  if (seconds === 0) return '0s';
  for (const [unit, factor] of [...TIME_UNITS].reverse()) {
    const count = (seconds * 1e6) / factor;
    if (Number.isInteger(count)) return `${count}${unit}`;
  }
  return `${seconds}s`;
}

/** `64`, `1k` (1000), `1kb` (1024). */
export function readBytes(text: string, least: number, most: number): number {
  const bytes = parseMemory(text);
  if (bytes === undefined || bytes < least || bytes > most) {
    throw new UsageError(`expected bytes such as 64 or 1kb, from ${least} to ${formatMemory(most)}`);
  }
  return bytes;
}

/** A share of something: `0.2`, more than 0 and at most 1. */
export function readShare(text: string): number {
  const value = readDecimal(text);
  if (value === undefined || value === 0 || value > 1) throw new UsageError('expected a share such as 0.2, at most 1');
  return value;
}

/** How much of a mix something is: a number of at least 0. */
export function readWeight(text: string): number {
  const value = readDecimal(text);
  if (value === undefined || value > MOST_WEIGHT) throw new UsageError('expected a weight, such as 70');
  return value;
}

const MOST_WEIGHT = 1e9;

/** A number that is not negative, written without exponent; undefined when the text is none. */
export function readDecimal(text: string): number | undefined {
  return /^\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
}

/** With `k`, `m` or `g`; undefined when the text is no such number. */
export function scaled(text: string): number | undefined {
  const [, digits, unit] = /^(\d+(?:\.\d+)?)([kmg]?)$/i.exec(text) ?? [];
  if (digits === undefined || unit === undefined) return undefined;
  // Rounded to what three digits after the point of the largest unit can say: 1.1k is 1100, not 1100.0000000000001.
  return Number((Number(digits) * (MULTIPLES.get(unit.toLowerCase()) ?? 1)).toPrecision(15));
}
