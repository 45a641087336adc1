import { expect, it } from 'vitest';
import { request } from '../../support/resp.js';
import { Stack } from '../../support/stack.js';
import { cuttings, feed } from './feed.js';

const long = 'v'.repeat(5000);
/** Longer than what a frame holds: it lies outside. */
const longer = 'w'.repeat(40_000);

const CASES: Readonly<Record<string, readonly [input: string, output: string]>> = {
  'one request': ['*1\r\n$4\r\nPING\r\n', '+PONG\r\n'],
  'a name in any case': ['*1\r\n$4\r\npInG\r\n', '+PONG\r\n'],
  'several requests': [
    '*1\r\n$4\r\nPING\r\n*2\r\n$4\r\nECHO\r\n$2\r\nhi\r\n*1\r\n$4\r\nPING\r\n',
    '+PONG\r\n$2\r\nhi\r\n+PONG\r\n',
  ],
  'empty arguments': ['*3\r\n$3\r\nSET\r\n$0\r\n\r\n$0\r\n\r\n*2\r\n$3\r\nGET\r\n$0\r\n\r\n', '+OK\r\n$0\r\n\r\n'],
  'line ends in an argument': ['*2\r\n$4\r\nECHO\r\n$4\r\n\r\n\r\n\r\n', '$4\r\n\r\n\r\n\r\n'],
  'an argument that looks like a request': [
    '*2\r\n$4\r\nECHO\r\n$14\r\n*1\r\n$4\r\nPING\r\n\r\n',
    '$14\r\n*1\r\n$4\r\nPING\r\n\r\n',
  ],
  'requests of no words': ['*0\r\n*-1\r\n*1\r\n$4\r\nPING\r\n', '+PONG\r\n'],
  'an unknown command': [
    '*2\r\n$3\r\nNIX\r\n$1\r\na\r\n*1\r\n$4\r\nPING\r\n',
    "-ERR unknown command 'NIX', with args beginning with: 'a' \r\n+PONG\r\n",
  ],
  'too few arguments': ['*1\r\n$3\r\nGET\r\n', "-ERR wrong number of arguments for 'get' command\r\n"],
  'a key without a value': [
    '*4\r\n$4\r\nMSET\r\n$1\r\na\r\n$1\r\nb\r\n$1\r\nc\r\n',
    "-ERR wrong number of arguments for 'mset' command\r\n",
  ],
  'a long value': [
    request('SET', 'a', long).toString('latin1') + request('STRLEN', 'a').toString('latin1'),
    '+OK\r\n:5000\r\n',
  ],
  'a longer value': [
    request('SET', 'a', longer).toString('latin1') + request('GETRANGE', 'a', 39998, -1).toString('latin1'),
    '+OK\r\n$2\r\nww\r\n',
  ],

  'a line': ['PING\r\n', '+PONG\r\n'],
  'a line without CR': ['PING\n', '+PONG\r\n'],
  'empty lines': ['\r\n\n\r\nPING\r\n', '+PONG\r\n'],
  'spaces in a line': ['  ECHO \t x  \r\n', '$1\r\nx\r\n'],
  'a line with quotes': ['ECHO "a b"\r\nECHO \'c d\'\r\n', '$3\r\na b\r\n$3\r\nc d\r\n'],
  'escapes in quotes': ['ECHO "\\x41\\n\\r\\t\\a\\b\\"\\q"\r\n', '$8\r\nA\n\r\t\x07\b"q\r\n'],
  'an escaped quote': ["ECHO 'a\\'b\\n'\r\n", "$5\r\na'b\\n\r\n"],
  'an empty word': ['ECHO ""\r\n', '$0\r\n\r\n'],
  'lines and requests': ['PING\r\n*1\r\n$4\r\nPING\r\nECHO a\r\n', '+PONG\r\n+PONG\r\n$1\r\na\r\n'],
};

it.each(Object.entries(CASES))('%s, however it is cut', async (_, [input, output]) => {
  const stack = new Stack();
  for (const pieces of cuttings(Buffer.from(input, 'latin1'))) {
    expect(await feed(stack, pieces)).toEqual({ output, ended: false });
  }
});

it('knows several shards too', async () => {
  const stack = new Stack({ shards: 4 });
  const [input] = CASES['a longer value'] as readonly [string, string];
  const all = Buffer.from(`MSET a 1 b 2 c 3 d 4\r\nMGET a b c d\r\n${input}DEL a b c d\r\n`, 'latin1');
  const output = '+OK\r\n*4\r\n$1\r\n1\r\n$1\r\n2\r\n$1\r\n3\r\n$1\r\n4\r\n+OK\r\n$2\r\nww\r\n:4\r\n';
  for (const pieces of cuttings(all)) expect(await feed(stack, pieces)).toEqual({ output, ended: false });
});
