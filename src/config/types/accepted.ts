/** Types that only options without an effect here have. */
import { manyWords, type OptionType, reading, replace, Unreadable, WRONG_NUMBER, wordsSchema } from './type.js';

/** Snapshot points: seconds and changes. */
export type SavePoints = readonly (readonly [seconds: number, changes: number])[];

/** Lines add up; an empty text takes all points away. */
export function savePoints(): OptionType<SavePoints> {
  const join = (value: SavePoints) => value.map((point) => point.join(' '));
  return manyWords<SavePoints>({
    kind: 'save-points',
    placeholder: '<seconds changes>',
    expects: 'pairs of seconds and changes, or an empty text',
    schema: () => reading(wordsSchema(), readSavePoints),
    combine: (current, parsed, again) => (again && parsed.length > 0 ? [...current, ...parsed] : parsed),
    format: (value) => join(value).join(' '),
    lines: (value) => (value.length > 0 ? join(value) : ['""']),
  });
}

function readSavePoints(words: readonly string[]): SavePoints | Unreadable {
  if (words.length === 1 && words[0] === '') return [];
  const numbers = words.map((word) => (/^\d+$/.test(word) ? Number(word) : Number.NaN));
  const points: [number, number][] = [];
  for (let i = 0; i < numbers.length; i += 2) {
    const [seconds = Number.NaN, changes = Number.NaN] = numbers.slice(i, i + 2);
    if (!(seconds >= 1 && changes >= 0)) return new Unreadable('Invalid save parameters');
    points.push([seconds, changes]);
  }
  return points;
}

/** Adjustments of the out-of-memory score: of a master, of a replica and of a child process. */
export function oomScores(): OptionType<readonly number[]> {
  return manyWords<readonly number[]>({
    kind: 'oom-scores',
    placeholder: '<n n n>',
    expects: 'three integers between -2000 and 2000',
    schema: () => reading(wordsSchema(), readScores),
    combine: replace,
    format: (value) => value.join(' '),
  });
}

function readScores(words: readonly string[]): readonly number[] | Unreadable {
  if (words.length !== 3) return new Unreadable(WRONG_NUMBER);
  const scores = words.map((word) => (/^-?\d{1,4}$/.test(word) ? Number(word) : Number.NaN));
  if (scores.every((score) => Math.abs(score) <= 2000)) return scores;
  return new Unreadable('Invalid oom-score-adj-values, elements must be between -2000 and 2000.');
}

/** A host and a port, or an empty text for none, which is also what `no one` says. */
export function hostAndPort(): OptionType<string> {
  return manyWords<string>({
    kind: 'host-and-port',
    placeholder: '<host port>',
    expects: 'a host and a port, or: no one',
    schema: () => reading(wordsSchema(), readHostAndPort),
    combine: replace,
    format: (value) => value,
    lines: (value) => (value === '' ? [] : [value]),
  });
}

function readHostAndPort(words: readonly string[]): string | Unreadable {
  const [host = '', port, ...more] = words;
  if (host === '' && port === undefined) return '';
  if (port === undefined || more.length > 0) return new Unreadable(WRONG_NUMBER);
  if (/^no$/i.test(host) && /^one$/i.test(port)) return '';
  return /^\d+$/.test(port) && Number(port) <= 65535
    ? `${host} ${Number(port)}`
    : new Unreadable('Invalid master port');
}
