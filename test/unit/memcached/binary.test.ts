import { describe, expect, it } from 'vitest';
import { CONN_AUTHENTICATED, CONN_MEMCACHED, CONN_UNDECIDED } from '../../../src/engine/layout/connection.js';
import { BINARY_CONVERSATIONS, binary, binaryReplies } from '../../support/memcached-binary.js';
import { Stack } from '../../support/stack.js';
import { cuttings, feed } from '../engine/feed.js';

const UNKNOWN = CONN_MEMCACHED | CONN_UNDECIDED;
const KNOWN = UNKNOWN | CONN_AUTHENTICATED;
const SHORT = Object.entries(BINARY_CONVERSATIONS).filter(([, said]) => Buffer.concat(said).length < 10_000);

function repliesTo(output: string): string[] {
  return binaryReplies(Buffer.from(output, 'latin1'));
}

describe.each([1, 3])('the binary protocol with %i shards', (shards) => {
  it.each(SHORT)('%s, however it is cut', async (_, said) => {
    const stack = new Stack({ shards });
    const before = stack.engine.exports.usedBytes();
    const bytes = Buffer.concat(said);
    const { output, ended } = await feed(stack, [bytes], KNOWN);
    for (const pieces of cuttings(bytes)) {
      await stack.ask('FLUSHALL');
      const again = await feed(stack, pieces, KNOWN);
      expect(repliesTo(again.output)).toEqual(repliesTo(output));
      expect(again.ended).toBe(ended);
    }
    expect(stack.engine.exports.usedBytes()).toBe(before);
  });
});

describe('before a client is let in', () => {
  const stack = new Stack({ requirepass: 'secret' });
  const auth = (value: string, key = 'PLAIN') => binary(0x21, { key, value });
  const cases: Readonly<
    Record<string, readonly [said: readonly Buffer[], statuses: readonly string[], ended: boolean]>
  > = {
    'nothing is done': [[binary(0x0b), binary(0, { key: 'a' }), binary(0x0a)], ['0000', '0020'], true],
    'the password counts': [[auth('\0default\0secret'), binary(0x0a)], ['0000', '0000'], false],
    'acting for oneself is allowed': [[auth('default\0default\0secret'), binary(0x0a)], ['0000', '0000'], false],
    'acting for another is not': [[auth('other\0default\0secret')], ['0020'], false],
    'a wrong password does not': [[auth('\0default\0wrong'), binary(0x0a)], ['0020', '0020'], true],
    'another mechanism does not': [[auth('\0default\0secret', 'CRAM-MD5')], ['0020'], false],
    'mechanisms are told': [[binary(0x20)], ['0000'], false],
  };
  it.each(Object.entries(cases))('%s, however it is cut', async (_, [said, statuses, ended]) => {
    for (const pieces of cuttings(Buffer.concat(said))) {
      const outcome = await feed(stack, pieces, UNKNOWN);
      expect(repliesTo(outcome.output).map((reply) => reply.split(' ')[1])).toEqual(statuses);
      expect(outcome.ended).toBe(ended);
    }
  });
});
