import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quoteIfNeeded, quoteWord, splitWords } from '../../../src/config/words.js';

describe('splitWords', () => {
  it.each([
    ['', []],
    ['   \t ', []],
    ['port 6379', ['port', '6379']],
    ['  a\t b  ', ['a', 'b']],
    [`save ""`, ['save', '']],
    [`logfile ''`, ['logfile', '']],
    [`a "b c" 'd e'`, ['a', 'b c', 'd e']],
    [String.raw`"a\"b\\c" 'd\'e'`, ['a"b\\c', "d'e"]],
    [String.raw`"\n\r\t\b\a"`, ['\n\r\t\b\x07']],
    [String.raw`"\x41\xc3\xa9" "\xg1"`, ['Aé', 'xg1']],
    [String.raw`'\n' a\nb`, ['\\n', 'a\\nb']],
    ['prefix"quoted part"', ['prefixquoted part']],
    ['é ü', ['é', 'ü']],
  ])('%j', (line, words) => {
    expect(splitWords(line)).toEqual(words);
  });

  it.each(['"open', "'open", '"a"b', "'a'b", '"a\\'])('%j has unbalanced quotes', (line) => {
    expect(splitWords(line)).toBeUndefined();
  });
});

describe('quoteWord', () => {
  it('stays on one line and is undone by splitWords', () => {
    const words = fc.array(fc.string({ unit: 'binary' }));
    fc.assert(
      fc.property(words, (list) => {
        const line = list.map(quoteWord).join(' ');
        expect(line).toMatch(/^[ -~]*$/);
        expect(splitWords(line)).toEqual(list);
        expect(splitWords(list.map(quoteIfNeeded).join(' '))).toEqual(list);
      }),
    );
  });

  it('quotes only where it must', () => {
    expect(quoteIfNeeded('/var/log/x.log')).toBe('/var/log/x.log');
    expect(quoteIfNeeded('')).toBe('""');
    expect(quoteIfNeeded('a b')).toBe('"a b"');
  });
});
