import { describe, expect, it } from 'vitest';
import { isGlob, matchesGlob } from '../../../src/base/glob.js';

describe('matchesGlob', () => {
  it.each([
    ['', '', true],
    ['', 'a', false],
    ['*', 'abc', true],
    ['a*c', 'abbc', true],
    ['a*c', 'abbd', false],
    ['*b*d', 'abcbd', true],
    ['**', 'a', true],
    ['a?c', 'abc', true],
    ['a?c', 'ac', false],
    ['a*', 'a', true],
    ['[abc]', 'b', true],
    ['[a-c]x', 'bx', true],
    ['[c-a]x', 'bx', true],
    ['[^a-c]', 'b', false],
    ['[^a-c]', 'd', true],
    ['[a-', '-', true],
    ['[ab', 'b', true],
    ['[\\]]', ']', true],
    ['\\*', '*', true],
    ['\\*', 'a', false],
    ['a\\', 'a\\', true],
    ['m*x*y', 'maxmemory', true],
    ['s[]ve', 'save', false],
    ['?', '', false],
    ['***a', 'aa', true],
    ['abc', 'ab', false],
    ['ab', 'abc', false],
  ])('%j on %j', (pattern, text, expected) => {
    expect(matchesGlob(pattern, text)).toBe(expected);
  });

  it('takes no more stars than Redis', () => {
    expect(matchesGlob('*a'.repeat(1000), 'a'.repeat(1000))).toBe(true);
    expect(matchesGlob('*a'.repeat(1001), 'a'.repeat(1001))).toBe(false);
  });

  it('does not take for ever over many stars', () => {
    expect(matchesGlob(`${'a*'.repeat(50)}b`, 'a'.repeat(2000))).toBe(false);
  });
});

it('knows a pattern from a name', () => {
  expect(['*', 'a?', '[a]', 'save', 'a]'].map(isGlob)).toEqual([true, true, true, false, false]);
});
