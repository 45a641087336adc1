/** Small parts of a thread of the load generator. */
import { performance } from 'node:perf_hooks';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { handshakeOf } from '../../../../src/load/worker/handshake.js';
import { OutPool } from '../../../../src/load/worker/out-pool.js';
import { Pacer } from '../../../../src/load/worker/pacing.js';
import { prepare } from '../../../../src/load/worker/prepare.js';
import { SlotMap } from '../../../../src/load/worker/slot-map.js';
import { StallMeter } from '../../../../src/load/worker/stalls.js';
import { GET, newEngine, planOf } from '../engine/harness.js';

describe('the first words on a connection', () => {
  const text = (target: Parameters<typeof planOf>[0]['target'], protocol: 'redis' | 'http' = 'redis') => {
    const { bytes, requests } = handshakeOf(planOf({ protocol, target: target ?? {} }).target);
    return { text: bytes.toString(), requests };
  };

  it('are none where none are needed', () => {
    expect(text({})).toEqual({ text: '', requests: 0 });
    expect(text({ username: 'ada', password: 'x' }, 'http')).toEqual({ text: '', requests: 0 });
  });

  it('are those that the URL asks for', () => {
    expect(text({ password: 'pä', username: 'ada', resp: 3, database: 2 })).toEqual({
      text: '*3\r\n$4\r\nAUTH\r\n$3\r\nada\r\n$3\r\npä\r\n*2\r\n$5\r\nHELLO\r\n$1\r\n3\r\n*2\r\n$6\r\nSELECT\r\n$1\r\n2\r\n',
      requests: 3,
    });
    expect(text({ password: 'x' })).toEqual({ text: '*2\r\n$4\r\nAUTH\r\n$1\r\nx\r\n', requests: 1 });
  });
});

describe('regions for requests', () => {
  it('are as large as the largest request, and used again', () => {
    const pool = new OutPool(newEngine(), 1_000_000);
    expect(pool.size).toBe(1_000_000);
    const first = pool.keep();
    const second = pool.keep();
    expect(new Set([first, second, pool.current]).size).toBe(3);
    expect(Math.abs(first - second)).toBeGreaterThanOrEqual(pool.size);
    pool.giveBack(first);
    pool.keep();
    expect(pool.current).toBe(first);
    expect(new OutPool(newEngine(), 10).size).toBeGreaterThan(100_000);
  });
});

describe('the map of slots', () => {
  const nodes = [
    { host: '10.0.0.1', port: 1 },
    { host: '::1', port: 2 },
  ];

  it('follows a server that sends us elsewhere, if it is known', () => {
    const engine = newEngine();
    const map = new SlotMap(engine);
    map.set(new Uint16Array(16_384).fill(1));
    const at = engine.exports.slotTable() >>> 0;
    const slots = new Uint16Array(engine.bytes.buffer, at, 20_000);
    map.follow('MOVED 3999 10.0.0.1:1', nodes);
    map.follow('MOVED 4000 10.0.0.1:9', nodes);
    map.follow('MOVED 4001 ::1:2', nodes);
    map.follow('MOVED 16384 10.0.0.1:1', nodes);
    map.follow('MOVED 19000 ::1:2', nodes);
    map.follow('ASK 5 10.0.0.1:1', nodes);
    expect([3999, 4000, 4001, 5].map((slot) => slots[slot])).toEqual([0, 1, 1, 1]);
    expect(slots.subarray(16_384).every((node) => node === 0)).toBe(true);
  });
});

describe('what the engine is prepared for', () => {
  it('are verified keys that each thread has one of', () => {
    const plan = planOf({ threads: 4, connections: 4, workload: { keys: 3, verify: true } });
    expect(() => prepare(newEngine(), plan, 0, 1, 0)).toThrow("4 threads can't verify 3 keys");
    const unverified = planOf({ threads: 4, connections: 4, workload: { keys: 3 } });
    expect(prepare(newEngine(), unverified, 3, 1, 0).operations).toBe(2);
  });

  it('are so many operations', () => {
    const operations = Array.from({ length: 64 }, (_, i) => ({ ...GET, name: `get-${i}` }));
    expect(() => prepare(newEngine(), planOf({ workload: { operations } }), 0, 1, 0)).toThrow(/63/);
    expect(prepare(newEngine(), planOf({ workload: { operations: operations.slice(1) } }), 0, 1, 0).operations).toBe(
      64,
    );
  });
});

describe('with a clock that stands still', () => {
  beforeEach(() => {
    vi.useFakeTimers({
      toFake: ['setTimeout', 'clearTimeout', 'setImmediate', 'clearImmediate', 'setInterval', 'clearInterval'],
    });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('a pacer calls once, for the last time that was asked for', () => {
    let calls = 0;
    const pacer = new Pacer(false, () => calls++);
    pacer.after(3000);
    pacer.after(10_000);
    vi.advanceTimersByTime(9);
    expect(calls).toBe(0);
    vi.advanceTimersByTime(1);
    expect(calls).toBe(1);
    vi.advanceTimersByTime(5000);
    expect(calls).toBe(1);
    pacer.after(1000);
    pacer.stop();
    vi.advanceTimersByTime(5000);
    expect(calls).toBe(1);
  });

  it('a pacer that spins wakes up before the time, and goes round', () => {
    let calls = 0;
    const pacer = new Pacer(true, () => calls++);
    pacer.after(10_000);
    vi.advanceTimersByTime(7);
    expect(calls).toBe(0);
    vi.advanceTimersByTime(1);
    expect(calls).toBe(1);
    pacer.after(1900);
    vi.advanceTimersByTime(0);
    expect(calls).toBe(2);
  });

  it('a pacer looks once a second, however long there is nothing to do', () => {
    for (const spins of [false, true]) {
      let calls = 0;
      const pacer = new Pacer(spins, () => calls++);
      pacer.after(Number.POSITIVE_INFINITY);
      vi.advanceTimersByTime(1000);
      expect(calls).toBe(1);
      pacer.stop();
    }
  });

  it('a thread that stood still is noticed', () => {
    const now = vi.spyOn(performance, 'now');
    let at = 0;
    now.mockImplementation(() => at);
    const meter = new StallMeter(true);
    meter.start();
    const tick = (ms: number) => {
      at += ms;
      vi.advanceTimersByTime(5);
    };
    for (const ms of [5, 5.9, 6, 25, 5, 105]) tick(ms);
    meter.addBusy(700);
    meter.addBusy(50);
    const { longest, count, busy } = meter.take();
    expect({ longest: Math.round(longest), count, busy }).toEqual({ longest: 99_000, count: 2, busy: 750 });
    expect(meter.take()).toMatchObject({ longest: 0, count: 0, busy: 0 });
    meter.stop();
    tick(500);
    expect(meter.take().count).toBe(0);
    now.mockRestore();
  });
});
