/** Anything a client may send: no crash, no request made of what is none, no memory kept. The engine has its assertions. */
import { expect, it } from 'vitest';
import { CONN_AUTHENTICATED, CONN_MEMCACHED, CONN_UNDECIDED } from '../../../src/engine/layout/connection.js';
import { CONVERSATIONS } from '../../support/memcached-cases.js';
import { Random } from '../../support/random.js';
import { Stack } from '../../support/stack.js';
import { feed } from '../engine/feed.js';

const KNOWN = CONN_AUTHENTICATED | CONN_MEMCACHED | CONN_UNDECIDED;
const SAID = Object.values(CONVERSATIONS).filter((said) => said.length < 5000);

/** Bytes that are nearly a conversation: some changed, some missing, some twice. */
function nearly(random: Random): Buffer {
  let bytes = Buffer.from(`${random.pick(SAID)}${random.pick(SAID)}`, 'latin1');
  for (let i = random.below(6); i > 0; i--) {
    const at = random.below(bytes.length);
    const to = Math.min(bytes.length, at + random.below(20));
    if (random.chance(0.4)) bytes[at] = random.below(256);
    else if (random.chance(0.5)) bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(to)]);
    else bytes = Buffer.concat([bytes.subarray(0, to), bytes.subarray(at)]);
    if (bytes.length === 0) bytes = Buffer.from('\r\n');
  }
  return bytes;
}

/** A binary request whose numbers mostly make sense. */
function binary(random: Random): Buffer {
  const extras = random.pick([0, 0, 4, 8, 20]);
  const key = random.bytes(random.chance(0.05) ? 300 : random.below(12));
  const value = random.bytes(random.chance(0.05) ? 30_000 : random.below(30));
  const head = Buffer.alloc(24);
  head[0] = random.chance(0.98) ? 0x80 : random.below(256);
  head[1] = random.below(0x28);
  head.writeUInt16BE(key.length, 2);
  head[4] = extras;
  const body = extras + key.length + value.length;
  head.writeUInt32BE(random.chance(0.97) ? body : random.below(2 * body + 1), 8);
  random.bytes(4).copy(head, 12);
  if (random.chance(0.2)) head[23] = random.below(256);
  return Buffer.concat([head, random.bytes(extras), key, value]);
}

function pieces(bytes: Buffer, random: Random): Buffer[] {
  const cut: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const next = at + 1 + random.below(random.pick([3, 60, 70_000]));
    cut.push(bytes.subarray(at, next));
    at = next;
  }
  return cut;
}

/** CAS ids are never the same twice; and a line that is too long is one only if its end has not come with it. */
function isRepeatable(bytes: Buffer): boolean {
  if (
    bytes
      .toString('latin1')
      .split('\n')
      .some((line) => line.length > 2000)
  )
    return false;
  return bytes[0] !== 0x80 && !/cas|gets|gats|stats|C\d/.test(bytes.toString('latin1'));
}

function withoutCas(output: string): string {
  return output.replace(/ c\d+/g, ' c').replace(/cas=\d+/g, 'cas');
}

const KINDS: Readonly<Record<string, (random: Random) => Buffer>> = {
  'random bytes': (random) => random.bytes(random.below(400)),
  'what is nearly the text protocol': nearly,
  'what is nearly the binary protocol': (random) =>
    Buffer.concat(Array.from({ length: 1 + random.below(6) }, () => binary(random))),
};

it.each(Object.entries(KINDS))('takes %s', { timeout: 60_000 }, async (_, make) => {
  const random = new Random(4);
  for (const shards of [1, 2]) {
    const stack = new Stack({ shards });
    const before = stack.engine.exports.usedBytes();
    for (let round = 0; round < 400; round++) {
      const bytes = make(random);
      const cut = pieces(bytes, random);
      await stack.ask('FLUSHALL');
      const inPieces = await feed(stack, cut, KNOWN);
      await stack.ask('FLUSHALL');
      const whole = await feed(stack, pieces(bytes, new Random(round)), KNOWN);
      if (isRepeatable(bytes)) expect(withoutCas(inPieces.output)).toBe(withoutCas(whole.output));
      expect(stack.engine.exports.usedBytes()).toBe(before);
    }
    expect(await stack.ask('PING')).toBe('+PONG\r\n');
  }
});
