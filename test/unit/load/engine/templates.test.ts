/** What the places of a command become in each request. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Operation, Segment, Word } from '../../../../src/load/plan/workload.js';
import { type KeyForm, ProgramWriter } from '../../../../src/load/worker/program-writer.js';
import { redisWire } from '../../../../src/load/worker/wire-redis.js';
import { type Changes, command, Harness } from './harness.js';
import { parseCommands } from './requests.js';

const SEED = 41;

describe('places of a template', () => {
  function words(template: readonly string[], changes: Changes = {}, thread = 0): string[][] {
    const workload = { keys: 50, ...changes.workload, operations: [command(...template)] };
    const bytes = new Harness({ pipeline: 100, ...changes, workload }, thread).fill();
    return parseCommands(bytes).map((parts) => parts.map((part) => part.toString('latin1')));
  }

  it.each([
    [0, 0],
    [-5, 5],
    [-1000, -999],
    [-9_007_199_254_740_991, 0],
    [0, 9_007_199_254_740_991],
    [4_294_967_290, 4_294_967_300],
    [-4_294_967_300, -4_294_967_290],
    [0, 4_294_967_295],
    [1, 4_294_967_296],
  ])('whole numbers from %d to %d', (least, most) => {
    const numbers = words(['X', `{int:${least}:${most}}`]).map(([, text]) => text ?? '');
    for (const text of numbers) {
      expect(text).toMatch(/^(0|-?[1-9]\d*)$/);
      expect(Number(text)).toBeGreaterThanOrEqual(least);
      expect(Number(text)).toBeLessThanOrEqual(most);
    }
    const spread = most - least;
    const different = new Set(numbers).size;
    if (spread <= 10) expect(different).toBe(spread + 1);
    else expect(Math.max(...numbers.map(Number)) - Math.min(...numbers.map(Number))).toBeGreaterThan(spread * 0.8);
  });

  it('sequences are never the same, in no thread', () => {
    const all = [0, 1, 2].flatMap((thread) => words(['X', '{sequence}', 'n{sequence}'], { threads: 3 }, thread));
    const numbers = all.flatMap(([, one, two]) => [Number(one), Number(two?.slice(1))]);
    expect(new Set(numbers).size).toBe(600);
    expect(Math.max(...numbers)).toBe(599);
  });

  it('base64 is what it stands for', () => {
    for (const bytes of [0, 1, 2, 3, 4, 100, 70_000]) {
      const changes = { workload: { keys: 1, keyPrefix: 'käse-', values: { kind: 'fixed', bytes } } } as const;
      for (const [, key = '', value = '', twice = ''] of words(
        ['X', '{key:base64}', '{value:base64}', '<{value:7:base64}>'],
        changes,
      )) {
        expect(Buffer.from(key, 'base64').toString()).toBe('käse-000000');
        expect(Buffer.from(value, 'base64')).toHaveLength(bytes);
        expect(Buffer.from(value, 'base64').toString('base64')).toBe(value);
        expect(twice).toMatch(/^<[\w+/]{10}==>$/);
      }
    }
  });

  it('a drawn size is the same everywhere in a request', () => {
    const changes = { workload: { values: { kind: 'range', least: 0, most: 3000 } } } as const;
    const lengths = words(['X', '{value}', '{value}', 'a{value}b', '{value:base64}'], changes).map(([, ...parts]) =>
      parts.map((part) => part.length),
    );
    for (const [size = 0, second, third, coded] of lengths) {
      expect([second, third, coded]).toEqual([size, size + 2, Math.ceil(size / 3) * 4]);
    }
    expect(new Set(lengths.map(([size]) => size)).size).toBeGreaterThan(50);
  });

  it('text may be empty, not ASCII, and long', () => {
    const long = 'ä'.repeat(3000);
    expect(words(['X', '', 'ümlaut', long], {}).at(0)).toEqual(
      ['X', '', 'ümlaut', long].map((text) => Buffer.from(text).toString('latin1')),
    );
  });
});

const SEGMENT: fc.Arbitrary<Segment> = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 20 }).map((text) => ({ kind: 'text' as const, text })),
  fc.boolean().map((base64) => ({ kind: 'key' as const, base64 })),
  fc.tuple(fc.option(fc.nat(700)), fc.boolean()).map(([bytes, base64]) => ({
    kind: 'value' as const,
    ...(bytes === null ? {} : { bytes }),
    base64,
  })),
  fc
    .tuple(fc.maxSafeInteger(), fc.nat())
    .filter(([least, more]) => Number.isSafeInteger(least + more))
    .map(([least, more]) => ({ kind: 'int' as const, least, most: least + more })),
  fc.constant({ kind: 'sequence' as const }),
);
const WORDS = fc.array(fc.array(SEGMENT, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 });

const FIXED = 333;

/** What the word's bytes look like, as Latin-1; segments are told apart by bars. */
function pattern(word: Word): RegExp {
  return new RegExp(`^${word.map(patternOf).join('\\|')}$`, 's');
}

function patternOf(segment: Segment): string {
  switch (segment.kind) {
    case 'text':
      return escaped(segment.text);
    case 'key':
      return segment.base64 === true ? '[\\w+/=]{16}' : 'key:0000\\d\\d';
    case 'value': {
      const bytes = segment.bytes ?? FIXED;
      return segment.base64 === true ? `[\\w+/=]{${Math.ceil(bytes / 3) * 4}}` : `.{${bytes}}`;
    }
    case 'int':
      return '-?\\d{1,16}';
    case 'sequence':
      return '\\d{1,6}';
  }
}

function escaped(text: string): string {
  return Buffer.from(text)
    .toString('latin1')
    .replace(/./gs, (letter) => `\\x${letter.charCodeAt(0).toString(16).padStart(2, '0')}`);
}

/** Puts a bar between segments. */
function barred(word: Word): Word {
  return word.flatMap((segment, i) => (i === 0 ? [segment] : [{ kind: 'text' as const, text: '|' }, segment]));
}

describe('any template', () => {
  it('makes a command with the right lengths, in its room', () => {
    fc.assert(
      fc.property(WORDS, (words) => {
        const operation: Operation = { name: 'X', kind: 'command', weight: 1, words: words.map(barred) };
        const harness = new Harness({ workload: { operations: [operation], values: { kind: 'fixed', bytes: FIXED } } });
        const key: KeyForm = { prefix: Buffer.from('key:'), digits: 6 };
        const writer = new ProgramWriter(harness.engine, key, { least: FIXED, most: FIXED });
        redisWire(undefined).command(writer, operation.words ?? []);
        const { room } = writer.end();
        const bytes = buildWithin(harness, room);
        const [parts = [], ...more] = parseCommands(bytes);
        expect(more).toEqual([]);
        expect(parts).toHaveLength(words.length);
        parts.forEach((part, i) => {
          expect(part.toString('latin1')).toMatch(pattern(words[i] ?? []));
        });
      }),
      { seed: SEED, numRuns: 60 },
    );
  });
});

/** Builds the one request that is due with exactly this room, and sees to it that nothing behind is touched. */
function buildWithin(harness: Harness, room: number): Buffer {
  const { exports, engine } = harness;
  const at = exports.allocate(room + 256) >>> 0;
  engine.bytes.fill(0xa5, at, at + room + 256);
  exports.fill(0, 0);
  const length = exports.build(0, at, room);
  expect(length).toBeGreaterThan(0);
  expect(length).toBeLessThanOrEqual(room);
  expect(engine.bytes.slice(at + room, at + room + 256).every((byte) => byte === 0xa5)).toBe(true);
  return Buffer.from(engine.bytes.slice(at, at + length));
}
