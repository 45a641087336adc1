/** Requests and replies in datagrams, which come in any order, twice, late or never. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FAIL_PROTOCOL, FAIL_TIMEOUT, FAIL_WRONG, HISTOGRAM_LATENCY } from '../../../../src/load/engine/layout.js';
import { random } from '../report/random.js';
import { type Changes, Harness, MODIFY } from './harness.js';

const MISS = 'END\r\n';
const TIMEOUT = 1e6;

function udp(changes: Changes = {}): Harness {
  return new Harness({ protocol: 'memcached-udp', ...changes });
}

function datagrams({ exports }: Harness) {
  const [sent, lost, duplicates, late, strange] = [0, 1, 2, 3, 4].map((which) => exports.datagramCount(which));
  return { sent, lost, duplicates, late, strange };
}

/** Ids of what there is to write now. */
function send(harness: Harness, time = 0): number[] {
  harness.exports.fill(0, time);
  const ids: number[] = [];
  while (harness.exports.hasUnbuilt(0) !== 0) {
    const bytes = harness.build(0, harness.room);
    if (bytes.length === 0) break;
    if (bytes.readUInt16BE(2) !== 0 || bytes.readUInt32BE(4) !== 0x10000) throw new Error(bytes.toString('hex'));
    ids.push(bytes.readUInt16BE(0));
  }
  return ids;
}

describe('datagrams', () => {
  it('are answered in any order', () => {
    const harness = udp({ pipeline: 4 });
    const [a = 0, b = 0, c = 0, d = 0] = send(harness);
    for (const id of [c, a, d]) harness.datagram(id, MISS, 100);
    harness.datagram(b, 'VALUE key:000000 0 1\r\nx\r\nEND\r\n', 300);
    expect(harness.counts()).toMatchObject({ sent: 4, succeeded: 4, hits: 1, misses: 3, bytesReceived: 3 * 13 + 38 });
    expect(harness.exports.outstanding()).toBe(0);
    expect(harness.drain(0, HISTOGRAM_LATENCY)).toEqual([
      [100, 3],
      [300, 1],
    ]);
  });

  it('that come twice count once', () => {
    const harness = udp();
    const [id = 0] = send(harness);
    for (let i = 0; i < 3; i++) harness.datagram(id, MISS);
    expect(harness.counts()).toMatchObject({ succeeded: 1 });
    expect(datagrams(harness)).toEqual({ sent: 1, lost: 0, duplicates: 2, late: 0, strange: 0 });
  });

  it('that are lost are given up, and late when they come all the same', () => {
    const harness = udp({ pipeline: 2 });
    const [a = 0, b = 0] = send(harness);
    harness.datagram(b, MISS);
    harness.exports.findTimedOut(0, TIMEOUT - 1);
    expect(datagrams(harness).lost).toBe(0);
    harness.exports.findTimedOut(0, TIMEOUT);
    expect(datagrams(harness)).toMatchObject({ lost: 1, late: 0 });
    expect(harness.failures.map(({ kind }) => kind)).toEqual([FAIL_TIMEOUT]);
    expect(harness.exports.awaits(0, a)).toBe(0);
    harness.datagram(a, MISS, TIMEOUT + 1);
    expect(datagrams(harness)).toMatchObject({ lost: 1, late: 1, duplicates: 0 });
    expect(harness.counts()).toMatchObject({ sent: 2, succeeded: 1, failed: 1 });
    expect(send(harness, TIMEOUT + 2)).toHaveLength(2);
  });

  it('that nobody asked for are strange', () => {
    const harness = udp();
    harness.datagram(5, MISS);
    const [id = 0] = send(harness);
    harness.datagram(id + 1, MISS);
    harness.datagram(id + 8192, MISS);
    harness.datagram(0x10000, '');
    expect(datagrams(harness)).toMatchObject({ strange: 4, duplicates: 0, late: 0 });
    expect(harness.counts()).toMatchObject({ succeeded: 0, failed: 0 });
    expect(harness.exports.awaits(0, id)).toBe(1);
  });

  it.each([
    ['', 0],
    ['VALUE key:000000 0 9\r\nab', 0],
    ['EN', 0],
    ['-ERR redis\r\n', 1],
  ])('with %j instead of a reply are strange, and their request is lost', (body, protocolErrors) => {
    const harness = udp();
    const [id = 0] = send(harness);
    harness.datagram(id, body);
    expect(datagrams(harness)).toMatchObject({ strange: 1, lost: 1 });
    expect(harness.counts()).toMatchObject({ sent: 1, succeeded: 0, failed: 1 });
    expect(harness.failures.filter(({ kind }) => kind === FAIL_PROTOCOL)).toHaveLength(protocolErrors);
    const [next = 0] = send(harness);
    harness.datagram(next, MISS);
    expect(harness.counts()).toMatchObject({ sent: 2, succeeded: 1, failed: 1, misses: 1 });
  });

  it('with errors are errors', () => {
    const harness = udp();
    harness.datagram(send(harness)[0] ?? 0, 'SERVER_ERROR out of memory\r\n');
    expect(harness.counts()).toMatchObject({ failed: 1 });
    expect(harness.failures[0]?.text).toBe('SERVER_ERROR out of memory');
  });

  it('have numbers that begin again after 65535', () => {
    const harness = udp({ pipeline: 1000 });
    const seen: number[] = [];
    while (seen.length < 70_000) {
      const ids = send(harness);
      for (const id of ids) harness.datagram(id, MISS);
      seen.push(...ids);
    }
    expect(seen.every((id, i) => id === i % 65_536)).toBe(true);
    expect(harness.counts().succeeded).toBe(seen.length);
    expect(datagrams(harness)).toMatchObject({ lost: 0, duplicates: 0, late: 0, strange: 0 });
  });

  it('wait for the oldest one when its place comes round again', () => {
    // A closed loop begins no batch while one is under way.
    const open = udp({
      pipeline: 1000,
      load: { kind: 'open', arrivals: 'constant', phases: [{ from: 1e6, to: 1e6, seconds: 1000 }] },
    });
    let sent = 0;
    for (let step = 1; step <= 200; step++) {
      const count = open.exports.begin(step * 100);
      for (let i = 0; i < count; i++) open.exports.dirty(i);
      open.exports.forgetDirty();
      for (;;) {
        const bytes = open.build(0, open.room);
        if (bytes.length === 0) break;
        sent++;
        const id = bytes.readUInt16BE(0);
        if (id !== 0) open.datagram(id, MISS, step * 100);
      }
    }
    expect(sent).toBe(8192);
    open.datagram(0, MISS, 20_100);
    expect(open.build(0, open.room).readUInt16BE(0)).toBe(8192);
  });

  it('of a read-modify-write are two', () => {
    const harness = udp({ workload: { operations: [MODIFY] } });
    const [read = 0] = send(harness);
    harness.datagram(read, MISS, 100);
    expect(harness.exports.outstanding()).toBe(1);
    const bytes = harness.build(0, harness.room);
    expect(bytes.toString('latin1', 8)).toMatch(/^set /);
    harness.datagram(bytes.readUInt16BE(0), 'STORED\r\n', 300);
    expect(harness.counts()).toMatchObject({ sent: 1, succeeded: 1, misses: 1, hits: 0 });
    expect(datagrams(harness)).toMatchObject({ sent: 2, lost: 0 });
    expect(harness.drain(0, HISTOGRAM_LATENCY)).toEqual([[300, 1]]);
    expect(harness.exports.outstanding()).toBe(0);
  });

  it('are verified', () => {
    const harness = udp({ workload: { operations: [MODIFY], keys: 1, verify: true } });
    const [read = 0] = send(harness);
    harness.datagram(read, MISS);
    const set = harness.build(0, harness.room);
    const value = Buffer.from(set.subarray(-34, -2));
    harness.datagram(set.readUInt16BE(0), 'STORED\r\n');
    const [again = 0] = send(harness);
    // Half a value, and then the whole one with a byte that is wrong.
    harness.datagram(again, Buffer.concat([Buffer.from('VALUE key:000000 0 32\r\n'), value.subarray(0, 20)]));
    const [last = 0] = send(harness);
    value[31] = (value[31] ?? 0) ^ 1;
    harness.datagram(
      last,
      Buffer.concat([Buffer.from('VALUE key:000000 0 32\r\n'), value, Buffer.from('\r\nEND\r\n')]),
    );
    expect(harness.failures.map(({ kind }) => kind)).toEqual([FAIL_TIMEOUT, FAIL_WRONG]);
  });

  it('are all accounted for, whatever happens to them', () => {
    fc.assert(
      fc.property(fc.nat(2 ** 31), (seed) => {
        const { harness, received, time } = play(seed);
        const { sent, lost, duplicates, late, strange } = datagrams(harness) as Record<string, number>;
        const { succeeded, failed } = harness.counts();
        expect(succeeded + (lost ?? 0) + harness.exports.outstanding()).toBe(sent);
        expect(failed).toBe(lost);
        expect(succeeded + (duplicates ?? 0) + (late ?? 0) + (strange ?? 0)).toBe(received);
        harness.exports.findTimedOut(0, time + 2 * TIMEOUT);
        expect(harness.exports.outstanding()).toBe(0);
      }),
      { seed: 71, numRuns: 30 },
    );
  });
});

/** A run over a network that loses, repeats and delays what is sent. */
function play(seed: number): { harness: Harness; received: number; time: number } {
  const draw = random(seed);
  const harness = udp({ pipeline: 1 + Math.floor(draw() * 50), seed });
  const flying: number[] = [];
  let time = 0;
  let received = 0;
  for (let step = 0; step < 200; step++) {
    time += draw() * 50_000;
    harness.exports.findTimedOut(0, time);
    flying.push(...send(harness, time));
    for (let i = Math.floor(draw() * 20); i > 0 && flying.length > 0; i--) {
      const at = Math.floor(draw() * flying.length);
      const id = flying[at] ?? 0;
      if (draw() < 0.9) flying.splice(at, 1);
      if (draw() < 0.1) continue;
      harness.datagram(id, MISS, time);
      received++;
    }
  }
  harness.exports.endRun();
  return { harness, received, time };
}
