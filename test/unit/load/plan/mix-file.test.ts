import { expect, it } from 'vitest';
import { readMixFile } from '../../../../src/load/plan/mix-file.js';
import { messageOf } from './message-of.js';

const read = (text: string) => readMixFile('mix.txt', 'redis', () => text);

it('has a weight and a command in each line', () => {
  const operations = read('# comment\n\n  70 GET {key}\r\n30.5\tSET {key} {value}\n0 DEL {key}\n1 GET other\n');
  expect(operations.map(({ name, weight, kind }) => [name, weight, kind])).toEqual([
    ['GET', 70, 'command'],
    ['SET', 30.5, 'command'],
    ['GET-2', 1, 'command'],
  ]);
});

it.each([
  ['', 'mix.txt: no line has a weight and a command'],
  ['0 GET a', 'mix.txt: no line has a weight and a command'],
  ['GET {key}', 'mix.txt:1: expected a weight, such as 70'],
  ['# x\n70', 'mix.txt:2: expected a weight and a command'],
  ['\n\n1 GET {kye}', "mix.txt:3: unknown '{kye}' (did you mean {key}?)"],
  ['1 GET "a', 'mix.txt:1: a quote is not closed'],
])('%j', (text, message) => {
  expect(messageOf(() => read(text))).toContain(message);
});

it('says why a file can not be read', () => {
  const gone = () => {
    throw new Error("ENOENT: no such file or directory, open 'mix.txt'");
  };
  expect(messageOf(() => readMixFile('mix.txt', 'redis', gone))).toBe(
    "can't open 'mix.txt': no such file or directory",
  );
});
