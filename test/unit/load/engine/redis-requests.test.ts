/** The bytes of Redis requests. */
import { describe, expect, it } from 'vitest';
import { GET, Harness, MODIFY, only, SET, textOf } from './harness.js';
import { parseCommands } from './requests.js';

describe('Redis requests', () => {
  it('of a get and a set', () => {
    expect(textOf({ workload: only(GET) })).toBe('*2\r\n$3\r\nGET\r\n$10\r\nkey:000000\r\n');
    const set = textOf({ workload: only(SET, { values: { kind: 'fixed', bytes: 5 } }) });
    expect(set).toMatch(/^\*3\r\n\$3\r\nSET\r\n\$10\r\nkey:000000\r\n\$5\r\n.{5}\r\n$/s);
    const expiring = parseCommands(Buffer.from(textOf({ workload: only(SET, { ttl: 60 }) }), 'latin1'));
    expect(expiring[0]?.map(String).filter((_, i) => i !== 2)).toEqual(['SET', 'key:000000', 'EX', '60']);
  });

  it('of a scan name neighbours', () => {
    const scan = { name: 'scan', kind: 'scan', weight: 1, scanLength: 3 } as const;
    const harness = new Harness({ pipeline: 100, workload: { operations: [scan], keys: 10 } });
    const lengths = new Set<number>();
    for (const [name, ...keys] of parseCommands(harness.fill())) {
      expect(String(name)).toBe('MGET');
      const numbers = keys.map((key) => Number(String(key).slice(4)));
      numbers.forEach((number, i) => {
        expect(number).toBe(((numbers[0] ?? 0) + i) % 10);
      });
      lengths.add(keys.length);
    }
    expect([...lengths].sort()).toEqual([1, 2, 3]);
  });

  it('of a read-modify-write are two, one after the other', () => {
    const harness = new Harness({ workload: only(MODIFY) });
    expect(String(parseCommands(harness.fill())[0]?.[0])).toBe('GET');
    harness.receive('$1\r\nx\r\n');
    expect(String(parseCommands(harness.build())[0]?.[0])).toBe('SET');
  });

  it('have keys of any number', () => {
    const workload = only(GET, { keys: 4_000_000_000, keyDigits: 12, keyPrefix: '' });
    const harness = new Harness({ pipeline: 200, workload });
    const keys = parseCommands(harness.fill()).map(([, key]) => String(key));
    expect(keys.every((key) => /^00\d{10}$/.test(key) && Number(key) < 4_000_000_000)).toBe(true);
    expect(Math.max(...keys.map(Number))).toBeGreaterThan(2 ** 31);
  });

  it.each([1, 2, 3, 5, 9, 10, 11, 20])('have keys of %d digits', (keyDigits) => {
    const workload = only(GET, { keys: 7, keyDigits, keyPrefix: 'ü' });
    const [words] = parseCommands(new Harness({ workload }).fill());
    expect(words?.[1]?.toString()).toMatch(new RegExp(`^ü0{${keyDigits - 1}}[0-6]$`));
  });

  it.each([0, 1, 15, 16, 17, 511, 512, 513, 65_535, 65_536, 65_537, 1_000_000])('carry values of %d bytes', (bytes) => {
    const [words] = parseCommands(new Harness({ workload: only(SET, { values: { kind: 'fixed', bytes } }) }).fill());
    expect(words?.[2]).toHaveLength(bytes);
    // Random bytes do not repeat within a pool.
    if (bytes > 1000) expect(new Set(words?.[2]?.subarray(0, 1000)).size).toBeGreaterThan(200);
  });

  it('have values of different bytes', () => {
    const harness = new Harness({ pipeline: 50, workload: { operations: [SET], keys: 1000 } });
    const values = parseCommands(harness.fill()).map(([, , value]) => value?.toString('hex'));
    expect(new Set(values).size).toBeGreaterThan(45);
  });
});

describe('a region that is filled', () => {
  it('holds whole requests, and goes on where it ended', () => {
    const changes = {
      pipeline: 50,
      workload: { operations: [SET], keys: 50, distribution: { kind: 'sequential' } },
    } as const;
    const whole = new Harness(changes).fill();
    const harness = new Harness(changes);
    harness.exports.fill(0, 0);
    const parts: Buffer[] = [];
    for (let most = harness.room; harness.exports.hasUnbuilt(0) !== 0; most += 100) {
      const part = harness.build(0, most);
      expect(part.length).toBeGreaterThan(0);
      parseCommands(part);
      parts.push(part);
    }
    expect(parts.length).toBeGreaterThan(5);
    expect(Buffer.concat(parts).equals(whole)).toBe(true);
  });
});
