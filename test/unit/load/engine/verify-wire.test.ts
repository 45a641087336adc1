/** --verify: values are looked at in every protocol, however their bytes come. */
import { describe, expect, it } from 'vitest';
import { FAIL_WRONG } from '../../../../src/load/engine/layout.js';
import type { Protocol } from '../../../../src/load/plan/target.js';
import { Harness, MODIFY } from './harness.js';
import { bulk } from './requests.js';

describe.each([
  [
    'memcached',
    (value: Buffer) => Buffer.concat([Buffer.from(`VALUE k 0 ${value.length}\r\n`), value, Buffer.from('\r\nEND\r\n')]),
    'STORED\r\n',
  ],
  [
    'http',
    (value: Buffer) =>
      Buffer.concat([Buffer.from(`HTTP/1.1 200 OK\r\nContent-Length: ${value.length}\r\n\r\n`), value]),
    'HTTP/1.1 204 No Content\r\n\r\n',
  ],
  [
    'http',
    (value: Buffer) => {
      const [one, two] = [value.subarray(0, 7), value.subarray(7)];
      const sizes = [one, two].map(({ length }) => `${length.toString(16)}\r\n`);
      const head = `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${sizes[0]}`;
      return Buffer.concat([Buffer.from(head), one, Buffer.from(`\r\n${sizes[1]}`), two, Buffer.from('\r\n0\r\n\r\n')]);
    },
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
  ],
  ['redis', (value: Buffer) => Buffer.concat([Buffer.from('|1\r\n+ttl\r\n:5\r\n'), bulk(value)]), '+OK\r\n'],
] as [Protocol, (value: Buffer) => Buffer, string][])('over %s', (protocol, replyOf, stored) => {
  function written(harness: Harness): Buffer {
    const bytes = harness.fill();
    harness.receive(stored);
    return bytes.subarray(-102).subarray(...(protocol === 'http' ? [2] : [0, 100]));
  }

  function readerOf(): { harness: Harness; value: Buffer } {
    const workload = { operations: [MODIFY], keys: 1, verify: true, values: { kind: 'fixed', bytes: 100 } } as const;
    const harness = new Harness({ protocol, workload });
    harness.fill();
    harness.receive(
      protocol === 'memcached'
        ? 'END\r\n'
        : protocol === 'http'
          ? 'HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n'
          : '$-1\r\n',
    );
    const value = written(harness);
    harness.fill();
    return { harness, value };
  }

  function failuresOf(spoil: boolean, size: number): number[] {
    const { harness, value } = readerOf();
    if (spoil) value[50] = (value[50] ?? 0) ^ 1;
    const bytes = replyOf(value);
    for (let at = 0; at < bytes.length; at += size) expect(harness.receive(bytes.subarray(at, at + size))).toBe(0);
    expect(harness.exports.checkedValues()).toBe(2);
    return harness.failures.map(({ kind }) => kind);
  }

  it('a value is looked at however it is cut', () => {
    const { length } = replyOf(Buffer.alloc(100));
    for (let size = 1; size <= length; size += size < 20 ? 1 : 13) {
      expect(failuresOf(false, size), `pieces of ${size}`).toEqual([]);
      expect(failuresOf(true, size), `pieces of ${size}`).toEqual([FAIL_WRONG]);
    }
  });
});

describe('a response that ends with its connection', () => {
  it('is looked at as well', () => {
    for (const spoil of [false, true]) {
      const workload = { operations: [MODIFY], keys: 1, verify: true, values: { kind: 'fixed', bytes: 100 } } as const;
      const harness = new Harness({ protocol: 'http', workload });
      harness.fill();
      harness.receive('HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n');
      const value = Buffer.from(harness.build().subarray(-100));
      harness.receive('HTTP/1.1 204 No Content\r\n\r\n');
      harness.fill();
      if (spoil) value[99] = (value[99] ?? 0) ^ 1;
      harness.receive(Buffer.concat([Buffer.from('HTTP/1.0 200 OK\r\n\r\n'), value]));
      harness.exports.receivedEnd(0, 0);
      expect(harness.failures.map(({ kind }) => kind)).toEqual(spoil ? [FAIL_WRONG] : []);
    }
  });
});
