import { expect, it } from 'vitest';
import { type LogEvent, redisLine } from '../../../src/log/redis-line.js';

const timeMs = new Date(2026, 10, 3, 9, 5, 7, 8).getTime();
const line = (event: Partial<LogEvent>) =>
  redisLine({ level: 'notice', timeMs, pid: 12345, message: 'm', fields: {}, ...event });

it('looks like a line of Redis', () => {
  expect(line({ message: 'Ready to accept connections' })).toBe(
    '12345:M 03 Nov 2026 09:05:07.008 * Ready to accept connections\n',
  );
});

it.each([
  ['debug', '.'],
  ['verbose', '-'],
  ['notice', '*'],
  ['warning', '#'],
] as const)('marks %s with %s', (level, mark) => {
  expect(line({ level })).toContain(` ${mark} m\n`);
});

it('appends fields, so that they can be told apart', () => {
  const fields = {
    n: 1,
    big: 2n,
    word: 'abc',
    text: 'a "b"',
    none: '',
    nothing: undefined,
    list: [1, 'a b'],
    object: { a: null },
    err: new Error('it broke'),
  };
  expect(line({ fields })).toContain(
    ' * m n=1 big=2 word=abc text="a \\"b\\"" none="" nothing=undefined list=[1,"a b"] object={"a":null} err="it broke"\n',
  );
});

it('does not let a message or a field write lines of its own', () => {
  const written = line({ message: 'key a\r\n1:M fake\x1b[2J\u2028', fields: { key: 'x\n1:M', and: ['\x7f'] } });
  expect(written).toMatch(/^[\x20-\x7e]+\n$/);
  expect(written).toContain('key a\\x0d\\x0a1:M fake\\x1b[2J\\x2028 key="x\\n1:M" and=["\\x7f"]\n');
});

it('does not fail for what it tells of', () => {
  const loop: Record<string, unknown> = {};
  loop.self = loop;
  expect(line({ fields: { loop, big: { n: 1n } } })).toContain('loop="[not JSON]" big="[not JSON]"');
});
