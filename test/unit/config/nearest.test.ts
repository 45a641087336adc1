import { expect, it } from 'vitest';
import { nearest } from '../../../src/config/nearest.js';

const NAMES = ['port', 'bind', 'save', 'maxmemory', 'maxmemory-policy', 'requirepass'];

it.each([
  ['prot', 'port'],
  ['ports', 'port'],
  ['maxmem0ry', 'maxmemory'],
  ['maxmemory-polcy', 'maxmemory-policy'],
  ['requirpas', 'requirepass'],
])('%s was meant to be %s', (name, meant) => {
  expect(nearest(name, NAMES)).toBe(meant);
});

it.each(['xyzzy', '', 'a', 'daemonize'])('%j is near to nothing', (name) => {
  expect(nearest(name, NAMES)).toBeUndefined();
});
