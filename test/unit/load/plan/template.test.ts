import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseWord } from '../../../../src/load/plan/template.js';
import type { Segment } from '../../../../src/load/plan/workload.js';
import { messageOf } from './message-of.js';

const text = (value: string): Segment => ({ kind: 'text', text: value });
const key: Segment = { kind: 'key' };

describe('places', () => {
  it.each<[string, Segment[]]>([
    ['', [text('')]],
    ['plain', [text('plain')]],
    ['{key}', [key]],
    ['user:{key}:name', [text('user:'), key, text(':name')]],
    ['{key}{key}', [key, key]],
    ['{key:base64}', [{ kind: 'key', base64: true }]],
    ['{value}', [{ kind: 'value' }]],
    ['{value:100}', [{ kind: 'value', bytes: 100 }]],
    ['{value:1kb}', [{ kind: 'value', bytes: 1024 }]],
    ['{value:base64}', [{ kind: 'value', base64: true }]],
    ['{value:10:base64}', [{ kind: 'value', bytes: 10, base64: true }]],
    ['{int:0:1000}', [{ kind: 'int', least: 0, most: 1000 }]],
    ['{int:-5:-5}', [{ kind: 'int', least: -5, most: -5 }]],
    ['{sequence}', [{ kind: 'sequence' }]],
  ])('%j', (word, segments) => {
    expect(parseWord(word)).toEqual(segments);
  });
});

describe('braces', () => {
  it.each<[string, Segment[]]>([
    ['{{key}}', [text('{key}')]],
    ['{{{key}}}', [text('{'), key, text('}')]],
    ['{{user}}:{key}', [text('{user}:'), key]],
    ['a}b}}c', [text('a}b}}c')]],
    ['{}', [text('{}')]],
    ['{ x }', [text('{ x }')]],
    ['end{', [text('end{')]],
    ['{"a":{"b":"{key}"}}', [text('{"a":{"b":"'), key, text('"}}')]],
    ['{"a":{{b}},"c":{}}', [text('{"a":{b},"c":{}}')]],
    ['{{"a":{"b":1}}}', [text('{"a":{"b":1}}')]],
  ])('%j', (word, segments) => {
    expect(parseWord(word)).toEqual(segments);
  });

  it('leaves JSON as it is', () => {
    // Braces inside of strings are another matter.
    const json = fc.json({ stringUnit: fc.constantFrom('a', ' ', ':', '[', 'é') });
    fc.assert(
      fc.property(json, (document) => {
        expect(parseWord(document)).toEqual([text(document)]);
      }),
    );
  });

  it('can write any text', () => {
    const texts = fc.string({ unit: fc.constantFrom('{', '}', '"', 'key', ':', ' ', 'a', 'é') });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(texts, fc.constantFrom('{key}', '{value:3}', '{int:1:2}'))),
        texts,
        (parts, last) => {
          const quote = quoter();
          const template = parts.map(([literal, place]) => quote(literal) + place).join('') + quote(last);
          const literals = parseWord(template).filter(({ kind }) => kind === 'text');
          const places = parseWord(template).filter(({ kind }) => kind !== 'text');
          expect(places).toHaveLength(parts.length);
          const joined = literals.map((segment) => (segment.kind === 'text' ? segment.text : '')).join('');
          expect(joined).toBe(parts.map(([literal]) => literal).join('') + last);
        },
      ),
    );
  });
});

/** Writes texts so that they stand for themselves: braces twice, but for those that close nothing. */
function quoter(): (literal: string) => string {
  let depth = 0;
  return (literal) =>
    literal.replace(/[{}]/g, (brace) => {
      if (brace === '}' && depth === 0) return '}';
      depth += brace === '{' ? 1 : -1;
      return brace + brace;
    });
}

describe('errors', () => {
  it.each([
    ['{kye}', "unknown '{kye}' (did you mean {key}?)"],
    ['{1}', "unknown '{1}' (there are {key} {value} {int:0:9} {sequence}, and {{ for a brace)"],
    ['{constructor}', "unknown '{constructor}' (there are"],
    ['{key', "'{key': the '{' is not closed"],
    ['{key:hex}', "'{key:hex}': expected {key} or {key:base64}"],
    ['{value:x}', "'{value:x}': expected {value}, {value:100} or {value:base64}"],
    ['{value:1tb}', 'expected bytes such as 64 or 1kb'],
    ['{int}', "'{int}': expected {int:0:1000}, the least number first"],
    ['{int:2:1}', "'{int:2:1}': expected {int:0:1000}"],
    ['{int:0:1:2}', "'{int:0:1:2}': expected"],
    ['{int:0:9007199254740993}', 'expected {int:0:1000}'],
    ['{sequence:1}', "'{sequence:1}': expected {sequence}"],
  ])('%j', (word, message) => {
    expect(messageOf(() => parseWord(word))).toContain(message);
  });
});
