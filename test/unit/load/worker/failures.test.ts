/** How failures are told apart. */
import { describe, expect, it } from 'vitest';
import { FAIL_MOVED, FAIL_PROTOCOL, FAIL_REPLY, FAIL_TIMEOUT } from '../../../../src/load/engine/layout.js';
import { Failures } from '../../../../src/load/worker/failures.js';

describe('failures', () => {
  it('are counted by kind and first word, with the first of each as an example', () => {
    const failures = new Failures();
    failures.addCode(FAIL_REPLY, "OOM command not allowed when used memory > 'maxmemory'", 5);
    failures.addCode(FAIL_REPLY, 'OOM again', 9);
    failures.addCode(FAIL_REPLY, '503', 10);
    failures.addCode(FAIL_MOVED, 'MOVED 5 10.0.0.1:7', 11);
    failures.add('refused', 'connect ECONNREFUSED 127.0.0.1:1', 12, { word: 'ECONNREFUSED', count: 4 });
    expect(failures.take()).toEqual([
      {
        kind: 'reply',
        code: 'OOM',
        count: 2,
        example: "OOM command not allowed when used memory > 'maxmemory'",
        firstAt: 5,
      },
      { kind: 'reply', code: '503', count: 1, example: '503', firstAt: 10 },
      { kind: 'moved', code: 'MOVED', count: 1, example: 'MOVED 5 10.0.0.1:7', firstAt: 11 },
      { kind: 'refused', code: 'ECONNREFUSED', count: 4, example: 'connect ECONNREFUSED 127.0.0.1:1', firstAt: 12 },
    ]);
    expect(failures.take()).toEqual([]);
  });

  it('have no code where the server has said nothing, and say so', () => {
    const failures = new Failures();
    failures.addCode(FAIL_TIMEOUT, '', 1);
    failures.addCode(FAIL_PROTOCOL, '<html> what', 2);
    failures.addCode(FAIL_PROTOCOL, '', 3);
    failures.addCode(99, 'unheard of', 4);
    expect(failures.take()).toEqual([
      { kind: 'timeout', code: '', count: 1, example: 'no reply in time', firstAt: 1 },
      { kind: 'protocol', code: '', count: 3, example: '<html> what', firstAt: 2 },
    ]);
  });

  it('of a server that makes up codes stay few, over the whole run', () => {
    const failures = new Failures();
    const codes = new Set<string>();
    let count = 0;
    for (let interval = 0; interval < 20; interval++) {
      for (let i = 0; i < 100; i++) failures.addCode(FAIL_REPLY, `E${interval}X${i} text`, 0);
      failures.addCode(FAIL_REPLY, `${'L'.repeat(500)}${interval}`, 0);
      failures.addCode(FAIL_TIMEOUT, '', 0);
      for (const failure of failures.take()) {
        codes.add(`${failure.kind} ${failure.code}`);
        count += failure.count;
        expect(failure.code.length).toBeLessThanOrEqual(32);
      }
    }
    expect(count).toBe(20 * 102);
    expect(codes.size).toBe(52);
    expect(codes).toContain('timeout ');
    expect(codes).toContain('reply others');
  });
});
