import { describe, expect, it } from 'vitest';
import { type Reply, ReplyError, ReplyParser } from '../../../../src/acceptor/local/reply-parser.js';

function read(pieces: readonly Buffer[], wantsBytes = false): { replies: Reply[]; pushed: Reply[][] } {
  const replies: Reply[] = [];
  const pushed: Reply[][] = [];
  const parser = new ReplyParser({
    wantsBytes: () => wantsBytes,
    reply: (reply) => replies.push(reply),
    push: (message) => pushed.push(message),
  });
  for (const piece of pieces) {
    // What was handed in may change afterwards.
    const copy = Buffer.from(piece);
    parser.feed(copy);
    copy.fill(0x21);
  }
  return { replies, pushed };
}

const CASES: readonly (readonly [text: string, reply: Reply])[] = [
  ['+OK\r\n', 'OK'],
  [':42\r\n', 42],
  [':-7\r\n', -7],
  [':9223372036854775807\r\n', 9223372036854775807n],
  [':9007199254740991\r\n', 9007199254740991],
  ['_\r\n', null],
  ['$-1\r\n', null],
  ['*-1\r\n', null],
  ['#t\r\n', true],
  ['#f\r\n', false],
  [',1.5\r\n', 1.5],
  [',inf\r\n', Number.POSITIVE_INFINITY],
  [',-inf\r\n', Number.NEGATIVE_INFINITY],
  ['(123456789012345678901234567890\r\n', 123456789012345678901234567890n],
  ['$0\r\n\r\n', ''],
  ['$9\r\na\r\nb\r\nc\u00e9\r\n', 'a\r\nb\r\nc\u00e9'],
  ['=9\r\ntxt:hello\r\n', 'hello'],
  ['*0\r\n', []],
  ['*3\r\n:1\r\n*1\r\n$1\r\na\r\n_\r\n', [1, ['a'], null]],
  ['~2\r\n:1\r\n:2\r\n', new Set<Reply>([1, 2])],
  ['%2\r\n+a\r\n:1\r\n+b\r\n%0\r\n', new Map<Reply, Reply>([['a', 1], ['b', new Map()]])], // biome-ignore format: one case, one line
  ['-WRONGTYPE no\r\n', new ReplyError('WRONGTYPE no')],
  ['!6\r\nERR no\r\n', new ReplyError('ERR no')],
  ['*2\r\n-ERR x\r\n+y\r\n', [new ReplyError('ERR x'), 'y']],
];

describe('ReplyParser', () => {
  it.each(CASES)('reads %j', (text, reply) => {
    expect(read([Buffer.from(text)]).replies).toEqual([reply]);
  });

  it('reads every kind of reply at every split', () => {
    const all = Buffer.from(CASES.map(([text]) => text).join(''));
    const expected = CASES.map(([, reply]) => reply);
    for (let at = 0; at <= all.length; at++) {
      expect(read([all.subarray(0, at), all.subarray(at)]).replies).toEqual(expected);
    }
    expect(read(Array.from(all, (_, i) => all.subarray(i, i + 1))).replies).toEqual(expected);
  });

  it('gives strings as bytes to who wants them', () => {
    const bytes = Buffer.from([0xff, 0x0d, 0x0a, 0x00]);
    const reply = Buffer.concat([Buffer.from('$4\r\n'), bytes, Buffer.from('\r\n')]);
    expect(read([reply], true).replies).toEqual([bytes]);
    expect(read([reply.subarray(0, 5), reply.subarray(5)], true).replies).toEqual([bytes]);
  });

  it('keeps messages and replies apart, and passes over attributes', () => {
    const text = '|1\r\n+ttl\r\n:3\r\n>2\r\n+message\r\n+x\r\n+OK\r\n';
    expect(read([Buffer.from(text)])).toEqual({ replies: ['OK'], pushed: [['message', 'x']] });
  });

  it('tells the code of an error', () => {
    const [error] = read([Buffer.from('-WRONGTYPE Operation against\r\n')]).replies;
    expect(error).toMatchObject({ code: 'WRONGTYPE', message: 'WRONGTYPE Operation against' });
  });
});
