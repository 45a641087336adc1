import { expect, it } from 'vitest';
import { isGlob, matchesGlob } from '../../../src/config/glob.js';

it.each([
  ['*', 'maxmemory'],
  ['', ''],
  ['max*', 'maxmemory'],
  ['*of', 'replicaof'],
  ['m*x*y', 'maxmemory'],
  ['MAX*', 'maxmemory'],
  ['s?ve', 'save'],
  ['s[ab]ve', 'save'],
  ['s[a-c]ve', 'save'],
  ['s[c-a]ve', 'save'],
  ['s[^b]ve', 'save'],
  ['s\\ave', 'save'],
  ['a\\*', 'a*'],
  ['***a', 'aa'],
  ['[x', 'x'],
])('%s matches %s', (pattern, name) => {
  expect(matchesGlob(pattern, name)).toBe(true);
});

it.each([
  ['', 'a'],
  ['a', ''],
  ['?', ''],
  ['max', 'maxmemory'],
  ['*x', 'maxmemory'],
  ['s[^a]ve', 'save'],
  ['s[]ve', 'save'],
  ['a\\*', 'ab'],
])('%j does not match %j', (pattern, name) => {
  expect(matchesGlob(pattern, name)).toBe(false);
});

it('knows a pattern from a name', () => {
  expect(['*', 'a?', '[a]', 'save', 'a]'].map(isGlob)).toEqual([true, true, true, false, false]);
});
