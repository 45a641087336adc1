/** The bytes of memcached's requests. */
import { describe, expect, it } from 'vitest';
import { ProgramWriter } from '../../../../src/load/worker/program-writer.js';
import { memcachedWire } from '../../../../src/load/worker/wire-memcached.js';
import { command, GET, Harness, only, SET, textOf } from './harness.js';

describe("memcached's requests", () => {
  const memcached = { protocol: 'memcached' } as const;

  it('of a get and a set', () => {
    expect(textOf({ ...memcached, workload: only(GET) })).toBe('get key:000000\r\n');
    const workload = only(SET, { values: { kind: 'fixed', bytes: 5 } });
    expect(textOf({ ...memcached, workload })).toMatch(/^set key:000000 0 0 5\r\n.{5}\r\n$/s);
    expect(textOf({ ...memcached, workload: { ...workload, ttl: 60 } })).toMatch(/^set key:000000 0 60 5\r\n/);
  });

  it('have dates for long times to live', () => {
    const texts = [30 * 24 * 3600, 30 * 24 * 3600 + 1].map((ttl) => {
      const harness = new Harness({ ...memcached });
      const writer = new ProgramWriter(harness.engine, { prefix: Buffer.from('k'), digits: 1 }, { least: 1, most: 1 });
      const texts: string[] = [];
      writer.text = function keep(text) {
        texts.push(String(text));
        return ProgramWriter.prototype.text.call(this, text);
      };
      memcachedWire(ttl, 1_800_000_000.7).write(writer);
      return texts.join('');
    });
    expect(texts[0]).toContain(' 0 2592000 ');
    expect(texts[1]).toContain(' 0 1802592001 ');
  });

  it('of a scan', () => {
    const scan = { name: 'scan', kind: 'scan', weight: 1, scanLength: 4 } as const;
    const lines = textOf({ ...memcached, pipeline: 40, workload: { operations: [scan], keys: 9 } })
      .split('\r\n')
      .slice(0, -1);
    expect(lines).toHaveLength(40);
    for (const line of lines) expect(line).toMatch(/^get( key:00000[0-8]){1,4}$/);
  });

  it.each([
    [['incr', '{key}', '{int:5:5}'], /^incr key:000000 5\r\n$/],
    [['add', '{key}', '0', '0', '{value:3}'], /^add key:000000 0 0 3\r\n.{3}\r\n$/s],
    [['set', '{key}', '0', '0', '{value:0}'], /^set key:000000 0 0 0\r\n\r\n$/],
    [['set', '{key}', '0', '0', '{value:4:base64}'], /^set key:000000 0 0 8\r\n[\w+/]{6}==\r\n$/],
    [['ms', '{key}', '{value:3}'], /^ms key:000000 3\r\n.{3}\r\n$/s],
    [['ms', '{key}', 'T60', 'c', '{value:3}'], /^ms key:000000 3 T60 c\r\n.{3}\r\n$/s],
    [['cas', '{key}', '0', '0', '{int:7:7}', '{value:3}'], /^cas key:000000 0 0 3 7\r\n.{3}\r\n$/s],
    [['mg', '{key}', 'v', 't'], /^mg key:000000 v t\r\n$/],
    [['stats'], /^stats\r\n$/],
  ] as const)('of %j', (words, expected) => {
    expect(textOf({ ...memcached, workload: only(command(...words)) })).toMatch(expected);
  });

  it('in a datagram have a header each', () => {
    const harness = new Harness({ protocol: 'memcached-udp', pipeline: 2, workload: only(GET) });
    harness.exports.fill(0, 0);
    const text = (id: number) => `\0${String.fromCharCode(id)}\0\0\0\x01\0\0get key:000000\r\n`;
    expect(harness.build(0).toString('latin1')).toBe(text(0) + text(1));
  });
});
