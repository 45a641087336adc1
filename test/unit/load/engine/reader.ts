/** Feeds replies to the engine, in one piece or in many, and tells what it made of them. */
import fc from 'fast-check';
import { EVENT_BROKEN, FAIL_PROTOCOL, FAIL_RESET } from '../../../../src/load/engine/layout.js';
import type { Protocol } from '../../../../src/load/plan/target.js';
import type { Operation } from '../../../../src/load/plan/workload.js';
import { GET, Harness } from './harness.js';

/** What is known of a reply: its bytes, and how its request turns out; undefined for what is no reply (a push). */
export interface Reply {
  readonly bytes: Buffer;
  readonly outcome: 'hit' | 'miss' | 'error' | undefined;
  /** Of an error. */
  readonly text?: string;
}

export interface Reading {
  readonly hits: number;
  readonly misses: number;
  readonly failed: number;
  readonly bytes: number;
  /** Texts of failures, those of broken protocol in angle brackets. */
  readonly texts: readonly string[];
  readonly events: number;
}

const UNDER_WAY = 12;

export class Reader {
  readonly harness: Harness;
  /** What lies in memory behind the bytes that are read: it must not matter. */
  readonly #behind: number;

  constructor(protocol: Protocol, { behind = 0x0a, operation = GET }: { behind?: number; operation?: Operation } = {}) {
    this.harness = new Harness({ protocol, pipeline: UNDER_WAY, workload: { operations: [operation] } });
    this.#behind = behind;
  }

  /** Requests are under way; reads the bytes, cut at these places; then all is as before. */
  read(bytes: Buffer, cuts: readonly number[] = [], { ends = false } = {}): Reading {
    const { harness } = this;
    const before = harness.counts();
    harness.failures.length = 0;
    harness.fill();
    let events = 0;
    let at = 0;
    for (const cut of [...cuts, bytes.length]) {
      if (cut <= at || events !== 0) continue;
      events = harness.receive(bytes.subarray(at, cut), 0, 0, this.#behind);
      at = cut;
    }
    if (ends) harness.exports.receivedEnd(0, 0);
    const after = harness.counts();
    const texts = harness.failures.map(({ kind, text }) => (kind === FAIL_PROTOCOL ? `<${text}>` : text));
    harness.exports.dropped(0, FAIL_RESET, 0);
    harness.exports.opened(0, 0, 0, 0);
    return {
      hits: after.hits - before.hits,
      misses: after.misses - before.misses,
      failed: after.failed - before.failed,
      bytes: after.bytesReceived - before.bytesReceived,
      texts,
      events,
    };
  }
}

/** What should be made of replies. */
export function expectedOf(replies: readonly Reply[]): Reading {
  const count = (outcome: Reply['outcome']) => replies.filter((reply) => reply.outcome === outcome).length;
  return {
    hits: count('hit'),
    misses: count('miss'),
    failed: count('error'),
    bytes: replies.reduce((sum, { bytes }) => sum + bytes.length, 0),
    texts: replies.flatMap(({ text }) => (text === undefined ? [] : [text])),
    events: 0,
  };
}

/** Places to cut so many bytes at: everywhere, or anywhere. */
function cutsOf(length: number): fc.Arbitrary<readonly number[]> {
  if (length === 0) return fc.constant([]);
  // What is long is not cut everywhere: that would take too long.
  const step = Math.ceil(length / 1500);
  const everywhere = Array.from({ length: Math.ceil(length / step) }, (_, i) => i * step);
  return fc.oneof(
    fc.constant(everywhere),
    fc.uniqueArray(fc.nat(length), { maxLength: 12 }).map((cuts) => [...cuts].sort((a, b) => a - b)),
  );
}

/** Replies, and places to cut them. */
export function streams(
  reply: fc.Arbitrary<Reply>,
): fc.Arbitrary<{ replies: Reply[]; bytes: Buffer; cuts: readonly number[] }> {
  return fc.array(reply, { minLength: 1, maxLength: UNDER_WAY }).chain((replies) => {
    const bytes = Buffer.concat(replies.map((one) => one.bytes));
    return cutsOf(bytes.length).map((cuts) => ({ replies, bytes, cuts }));
  });
}

export const isBroken = ({ events }: Reading): boolean => (events & EVENT_BROKEN) !== 0;

/** Bytes that look a little like the protocol's, or not at all. */
export function garbage(words: readonly string[]): fc.Arbitrary<Buffer> {
  const piece = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...words).map((word) => Buffer.from(word, 'latin1')) },
    { weight: 2, arbitrary: fc.uint8Array({ maxLength: 12 }).map((bytes) => Buffer.from(bytes)) },
    { weight: 1, arbitrary: fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }).map((n) => Buffer.from(String(n))) },
    { weight: 1, arbitrary: fc.nat(3000).map((n) => Buffer.alloc(n, 'x')) },
  );
  return fc.array(piece, { maxLength: 30 }).map((pieces) => Buffer.concat(pieces));
}
