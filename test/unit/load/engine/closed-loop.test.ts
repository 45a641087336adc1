/** A closed loop: which requests are begun when and where, and how they are counted. */
import { describe, expect, it } from 'vitest';
import {
  EVENT_BROKEN,
  FAIL_PRELOAD,
  FAIL_REPLY,
  FAIL_RESET,
  FAIL_TIMEOUT,
  HISTOGRAM_LATENCY,
  HISTOGRAM_SERVICE,
} from '../../../../src/load/engine/layout.js';
import { beginRun } from '../../../../src/load/worker/prepare.js';
import { type Changes, Harness, MODIFY } from './harness.js';
import { countCommands, parseCommands } from './requests.js';

const MISS = '$-1\r\n';

describe('a closed loop', () => {
  it('begins a batch when the one before has been answered', () => {
    const harness = new Harness({ pipeline: 3 });
    expect(countCommands(harness.fill())).toBe(3);
    expect(harness.fill()).toHaveLength(0);
    harness.receive(MISS.repeat(2));
    expect(harness.fill()).toHaveLength(0);
    expect(harness.exports.outstanding()).toBe(1);
    harness.receive(MISS);
    expect(countCommands(harness.fill())).toBe(3);
  });

  it('begins nothing on a connection that is not there, is blocked, or after the end', () => {
    const harness = new Harness({}, 0, { closed: true });
    expect(harness.fill()).toHaveLength(0);
    harness.exports.opened(0, 0, 0, 0);
    harness.exports.setBlocked(0, 1);
    expect(harness.fill()).toHaveLength(0);
    harness.exports.setBlocked(0, 0);
    expect(countCommands(harness.fill())).toBe(1);
    harness.receive(MISS);
    harness.exports.endRun();
    expect(harness.fill()).toHaveLength(0);
  });

  it('sends as many requests as were asked for', () => {
    const harness = new Harness({ pipeline: 4, requests: 10 });
    const batches: number[] = [];
    for (let i = 0; i < 5; i++) {
      const sent = countCommands(harness.fill());
      batches.push(sent);
      harness.receive(MISS.repeat(sent));
    }
    expect(batches).toEqual([4, 4, 2, 0, 0]);
    expect(harness.exports.leftRequests()).toBe(0);
    expect(harness.counts()).toMatchObject({ sent: 10, succeeded: 10, misses: 10, failed: 0 });
  });

  it('counts and times what lies in the measured time only', () => {
    const harness = new Harness({});
    harness.exports.measure(1000, 2000, Number.POSITIVE_INFINITY);
    for (const time of [500, 999, 1000, 1999, 2000, 5000]) {
      harness.fill(time);
      harness.receive(MISS, time + 700);
    }
    expect(harness.counts()).toMatchObject({ sent: 2, succeeded: 2 });
    expect(harness.drain(0, HISTOGRAM_LATENCY)).toEqual([[700, 2]]);
    expect(harness.drain(0, HISTOGRAM_SERVICE)).toEqual([]);
  });

  it('counts bytes of requests and replies', () => {
    const harness = new Harness({ pipeline: 2 });
    const bytes = harness.fill();
    harness.receive('$3\r\nabc\r\n-ERR no\r\n');
    expect(harness.counts()).toEqual({
      sent: 2,
      succeeded: 1,
      failed: 1,
      hits: 1,
      misses: 0,
      bytesSent: bytes.length,
      bytesReceived: 18,
    });
    expect(harness.failures).toEqual([{ kind: FAIL_REPLY, text: 'ERR no' }]);
  });
});

describe('a read-modify-write', () => {
  it('is one request of two, timed as one', () => {
    const harness = new Harness({ workload: { operations: [MODIFY] } });
    const read = harness.fill(100);
    harness.receive(MISS, 300);
    const write = harness.build();
    expect(harness.exports.outstanding()).toBe(1);
    harness.receive('+OK\r\n', 900);
    expect(harness.counts()).toMatchObject({
      sent: 1,
      succeeded: 1,
      hits: 0,
      misses: 1,
      bytesSent: read.length + write.length,
      bytesReceived: 10,
    });
    expect(harness.drain(0, HISTOGRAM_LATENCY)).toEqual([[800, 1]]);
    expect(harness.exports.outstanding()).toBe(0);
  });

  it('ends with a read that fails', () => {
    const harness = new Harness({ workload: { operations: [MODIFY] } });
    harness.fill();
    harness.receive('-ERR no\r\n');
    expect(harness.exports.hasUnbuilt(0)).toBe(0);
    expect(harness.counts()).toMatchObject({ sent: 1, succeeded: 0, failed: 1 });
  });
});

describe('requests without a reply', () => {
  it('are found after the timeout', () => {
    const harness = new Harness({ connections: 3, timeout: 0.5 });
    harness.fill(0, 1);
    harness.fill(200_000, 2);
    const { findTimedOut } = harness.exports;
    expect(findTimedOut(0, 499_999)).toBe(-1);
    expect(findTimedOut(0, 500_000)).toBe(1);
    expect(findTimedOut(2, 600_000)).toBe(-1);
    expect(findTimedOut(2, 700_000)).toBe(2);
    harness.exports.dropped(1, FAIL_TIMEOUT, 500_000);
    expect(harness.counts()).toMatchObject({ sent: 2, failed: 1, succeeded: 0 });
    expect(harness.failures.map(({ kind }) => kind)).toEqual([FAIL_TIMEOUT]);
    expect(harness.drain(0, HISTOGRAM_LATENCY)).toHaveLength(1);
    harness.exports.dropped(2, FAIL_RESET, 700_000);
    expect(harness.drain(0, HISTOGRAM_LATENCY)).toHaveLength(0);
  });
});

describe('storing keys before the run', () => {
  function preloading(changes: Changes, thread = 0): Harness {
    const harness = new Harness(changes, thread);
    beginRun(harness.engine, harness.plan, true);
    harness.exports.measure(Number.POSITIVE_INFINITY, 0, Number.POSITIVE_INFINITY);
    harness.exports.startPreload();
    return harness;
  }

  it('stores each key once over all threads, also after a break', () => {
    const keys = new Set<string>();
    for (const thread of [0, 1, 2]) {
      const harness = preloading({ threads: 3, workload: { keys: 1000 } }, thread);
      let stored = 0;
      for (let i = 0; i < 100; i++) {
        const commands = parseCommands(harness.fill());
        if (commands.length === 0) break;
        if (i === 1) {
          // Nobody knows whether these were stored: they are stored again.
          harness.exports.dropped(0, FAIL_RESET, 0);
          harness.exports.opened(0, 0, 0, 0);
          continue;
        }
        for (const [name, key] of commands) {
          expect(String(name)).toBe('SET');
          expect(keys.has(String(key))).toBe(false);
          keys.add(String(key));
          stored++;
        }
        harness.receive('+OK\r\n'.repeat(commands.length));
      }
      expect(harness.exports.preloadedKeys()).toBe(stored);
      expect(harness.counts()).toMatchObject({ sent: 0, succeeded: 0, failed: 0 });
    }
    expect(keys.size).toBe(1000);
  });

  it('tells of keys that could not be stored', () => {
    const harness = preloading({ workload: { keys: 2 } });
    harness.fill();
    harness.receive('+OK\r\n-OOM full\r\n');
    expect(harness.exports.preloadedKeys()).toBe(2);
    expect(harness.failures).toEqual([{ kind: FAIL_PRELOAD, text: 'OOM full' }]);
  });
});

describe('a reply that nobody asked for', () => {
  it('breaks the connection off', () => {
    const harness = new Harness({});
    expect(harness.receive('+OK\r\n')).toBe(EVENT_BROKEN);
  });
});
