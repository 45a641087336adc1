/** --verify: what a read may find, and what is wrong with it. */
import { describe, expect, it } from 'vitest';
import { FAIL_MISSING, FAIL_STALE, FAIL_WRONG } from '../../../../src/load/engine/layout.js';
import { type Changes, GET, Harness, SET } from './harness.js';
import { bulk, parseCommands } from './requests.js';

/** One connection, one request at a time; values by key, as they were written. */
class Conversation {
  readonly harness: Harness;
  readonly written = new Map<string, Buffer[]>();

  constructor(changes: Changes = {}) {
    const { workload, ...rest } = changes;
    this.harness = new Harness({
      ...rest,
      workload: { operations: [GET, SET], keys: 1, verify: true, values: { kind: 'fixed', bytes: 100 }, ...workload },
    });
  }

  /** Goes on until the next request is such a one; returns its key. What is asked before is answered well. */
  until(name: 'GET' | 'SET', key?: string): string {
    for (let i = 0; i < 1000; i++) {
      const [[is, asked, value] = []] = parseCommands(this.harness.fill());
      const found = String(asked);
      if (value !== undefined) this.written.set(found, [...(this.written.get(found) ?? []), Buffer.from(value)]);
      if (String(is) === name && (key === undefined || found === key)) return found;
      if (value === undefined) this.reply(bulk(this.#acknowledged.get(found)));
      else this.acknowledge(found);
    }
    throw new Error(`never a ${name}`);
  }

  readonly #acknowledged = new Map<string, Buffer>();

  acknowledged(key: string): Buffer {
    return this.#acknowledged.get(key) as Buffer;
  }

  acknowledge(key: string): void {
    this.#acknowledged.set(key, this.last(key));
    this.reply(Buffer.from('+OK\r\n'));
  }

  last(key: string): Buffer {
    return this.written.get(key)?.at(-1) as Buffer;
  }

  /** What is said of it: kinds of failures. */
  reply(bytes: Buffer): number[] {
    const { failures } = this.harness;
    failures.length = 0;
    this.harness.receive(bytes);
    return failures.map(({ kind }) => kind);
  }

  write(key?: string): Buffer {
    const found = this.until('SET', key);
    this.acknowledge(found);
    return this.last(found);
  }

  read(value: Buffer | undefined | ((key: string) => Buffer), key?: string): number[] {
    const found = this.until('GET', key);
    return this.reply(bulk(typeof value === 'function' ? value(found) : value));
  }
}

describe('what a read finds', () => {
  it('is the last value, or nobody minds', () => {
    const talk = new Conversation();
    talk.write();
    for (let i = 0; i < 100; i++) expect(talk.read((key) => talk.acknowledged(key))).toEqual([]);
    expect(talk.harness.counts()).toMatchObject({ failed: 0 });
  });

  it('must not be older than a write that was acknowledged', () => {
    const talk = new Conversation();
    const old = talk.write();
    talk.write();
    expect(talk.read(old)).toEqual([FAIL_STALE]);
    expect(talk.read((key) => talk.acknowledged(key))).toEqual([]);
    expect(talk.harness.counts().failed).toBe(1);
  });

  it('must not be gone', () => {
    const talk = new Conversation();
    talk.write();
    expect(talk.read(undefined)).toEqual([FAIL_MISSING]);
    const lenient = new Conversation({ workload: { allowMisses: true } });
    const old = lenient.write();
    lenient.write();
    expect(lenient.read(undefined)).toEqual([]);
    expect(lenient.read(old)).toEqual([FAIL_STALE]);
  });

  it("must not be another key's", () => {
    const talk = new Conversation({ workload: { keys: 2 } });
    talk.write('key:000000');
    talk.write('key:000001');
    expect(talk.read(() => talk.acknowledged('key:000001'), 'key:000000')).toEqual([FAIL_WRONG]);
    expect(talk.read((key) => talk.acknowledged(key), 'key:000000')).toEqual([]);
  });

  it('must be whole, to the last bit', () => {
    const talk = new Conversation();
    talk.write();
    for (let i = 0; i < 100; i++) {
      const spoil = (key: string) => {
        const value = Buffer.from(talk.acknowledged(key));
        value[i] = (value[i] ?? 0) ^ (1 << (i % 8));
        return value;
      };
      expect(talk.read(spoil), `byte ${i}`).toEqual([FAIL_WRONG]);
    }
  });

  it.each([0, 1, 15, 16, 17, 99])('must not be cut to %d bytes', (length) => {
    const talk = new Conversation();
    talk.write();
    talk.until('GET');
    expect(talk.reply(bulk(talk.last('key:000000').subarray(0, length)))).toEqual([FAIL_WRONG]);
  });

  it('must not be longer, or something else', () => {
    const talk = new Conversation();
    talk.write();
    talk.until('GET');
    expect(talk.reply(bulk(Buffer.concat([talk.last('key:000000'), Buffer.from('x')])))).toEqual([FAIL_WRONG]);
    for (const other of ['+OK\r\n', ':1\r\n', '*1\r\n$1\r\nx\r\n']) {
      talk.until('GET');
      expect(talk.reply(Buffer.from(other))).toEqual([FAIL_WRONG]);
    }
  });

  it('must not come from the future', () => {
    const ahead = new Conversation({ seed: 5 });
    for (let i = 0; i < 20; i++) ahead.write();
    const talk = new Conversation({ seed: 5 });
    talk.write();
    talk.until('GET');
    expect(talk.reply(bulk(ahead.last('key:000000')))).toEqual([FAIL_WRONG]);
  });

  it('must not come from another run', () => {
    const other = new Conversation({ seed: 6 });
    other.write();
    const talk = new Conversation({ seed: 5 });
    talk.write();
    talk.until('GET');
    expect(talk.reply(bulk(other.last('key:000000')))).toEqual([FAIL_WRONG]);
  });

  it('is anybody’s guess before the first write is acknowledged', () => {
    const talk = new Conversation({ workload: { operations: [GET, { ...SET, weight: 0.0001 }] } });
    expect(talk.read(Buffer.from('what another run has left'))).toEqual([]);
    expect(talk.read(undefined)).toEqual([]);
  });

  it('may be either side of a write that was refused', () => {
    const talk = new Conversation();
    talk.write();
    for (const find of [(key: string) => talk.acknowledged(key), (key: string) => talk.last(key)]) {
      for (let tested = false; !tested; ) {
        const key = talk.until('SET');
        const refused = talk.last(key);
        expect(talk.reply(Buffer.from('-OOM full\r\n'))).toHaveLength(1);
        const failures = talk.read(find, key);
        // Another write may have come between the two.
        tested = talk.last(key) === refused;
        expect(failures).toEqual([]);
      }
    }
  });
});
