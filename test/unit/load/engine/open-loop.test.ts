/** An open loop: requests are begun when they are due. */
import { describe, expect, it } from 'vitest';
import {
  FAIL_RESET,
  FAIL_TIMEOUT,
  HISTOGRAM_LATENCY,
  HISTOGRAM_LATENESS,
  HISTOGRAM_SERVICE,
} from '../../../../src/load/engine/layout.js';
import { Harness, openLoop } from './harness.js';
import { countCommands } from './requests.js';

const MISS = '$-1\r\n';
const SECOND = 1e6;

describe('an open loop', () => {
  it('sends what is due, to its connections in turn', () => {
    const harness = new Harness(openLoop(1000, { connections: 4, pipeline: 10 }));
    expect(harness.begin(400).size).toBe(0);
    const first = harness.begin(4000);
    expect([...first.values()].map(countCommands)).toEqual([1, 1, 1, 1]);
    expect(harness.exports.nextDue()).toBe(4500);
  });

  it('counts latency from the time that was meant, and service from the time of sending', () => {
    const harness = new Harness(openLoop(1000, { connections: 1, pipeline: 10 }));
    harness.begin(2000);
    harness.receive(MISS.repeat(2), 2300);
    expect(harness.drain(0, HISTOGRAM_LATENCY)).toEqual([
      [800, 1],
      [1800, 1],
    ]);
    expect(harness.drain(0, HISTOGRAM_SERVICE)).toEqual([[300, 2]]);
    expect(harness.drain(0, HISTOGRAM_LATENESS)).toEqual([
      [500, 1],
      [1500, 1],
    ]);
  });

  it('does not call late what found no connection in time', () => {
    const harness = new Harness(openLoop(1000, { connections: 1, pipeline: 1 }));
    expect(countCommands(harness.begin(500).get(0))).toBe(1);
    expect(harness.drain(0, HISTOGRAM_LATENESS)).toEqual([[0, 1]]);
    // The server takes ten milliseconds, and ten requests are due meanwhile.
    expect(harness.begin(5000).size).toBe(0);
    harness.receive(MISS, 10_500);
    expect(countCommands(harness.begin(10_600).get(0))).toBe(1);
    expect(harness.drain(0, HISTOGRAM_LATENESS)).toEqual([[100, 1]]);
    harness.receive(MISS, 10_700);
    expect(harness.drain(0, HISTOGRAM_LATENCY).map(([, count]) => count)).toEqual([1, 1]);
  });

  it('goes on when a connection is there again', () => {
    const harness = new Harness(openLoop(1000, { connections: 1, pipeline: 4 }));
    harness.begin(1000);
    harness.exports.dropped(0, FAIL_RESET, 1500);
    expect(harness.begin(3000).size).toBe(0);
    harness.exports.opened(0, 0, 0, 4000);
    expect(countCommands(harness.begin(4000).get(0))).toBe(3);
    harness.exports.setBlocked(0, 1);
    harness.receive(MISS.repeat(3), 4100);
    expect(harness.begin(6000).size).toBe(0);
    harness.exports.setBlocked(0, 0);
    expect(countCommands(harness.begin(6000).get(0))).toBe(2);
  });

  it('hands on what a broken connection has not sent', () => {
    const harness = new Harness(openLoop(1000, { connections: 2, pipeline: 8 }));
    harness.beginOnly(10_000);
    harness.exports.dropped(0, FAIL_RESET, 10_000);
    expect(countCommands(harness.build(1))).toBe(5);
    expect(countCommands(harness.begin(10_000).get(1))).toBe(3);
    expect(harness.counts()).toMatchObject({ sent: 8, failed: 0 });
    // The others wait, and run into their time limit.
    expect(harness.exports.outstanding()).toBe(10);
    harness.begin(10_000 + 1.1 * SECOND);
    expect(harness.counts().failed).toBe(2);
    expect(harness.failures.map(({ kind }) => kind)).toEqual([FAIL_TIMEOUT, FAIL_TIMEOUT]);
  });

  it('begins no more than was asked for, and nothing after the end', () => {
    const harness = new Harness(openLoop(1000, { connections: 1, pipeline: 100, requests: 7 }));
    expect(countCommands(harness.begin(50_000).get(0))).toBe(7);
    const other = new Harness(openLoop(1000, { pipeline: 100 }));
    other.exports.endRun();
    expect(other.begin(50_000).size).toBe(0);
  });
});
