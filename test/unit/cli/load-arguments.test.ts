import { expect, it } from 'vitest';
import { loadArguments } from '../../../src/cli/load-arguments.js';

it.each([
  [['load'], []],
  [
    ['load', 'redis://h', '--port', '1', '-h', 'x'],
    ['redis://h', '--port', '1', '-h', 'x'],
  ],
  [['load', '--help'], ['--help']],
  [['help', 'load'], ['--help']],
  [
    ['help', 'load', 'sweep'],
    ['sweep', '--help'],
  ],
])('%j gets its arguments as they are', (args, passed) => {
  expect(loadArguments(args)).toEqual(passed);
});

it.each([[[]], [['serve', 'load']], [['help']], [['redis.conf', 'load']]])('%j is not about it', (args) => {
  expect(loadArguments(args)).toBeUndefined();
});
