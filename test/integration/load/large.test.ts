/** Large values, deep pipelines, many connections, more threads than cores, a server that reads slowly. */
import { describe, expect, it } from 'vitest';
import { RespServer } from '../../support/load/resp-server.js';
import { flawsOf, load } from '../../support/load/runs.js';
import { useStarted } from '../../support/load/started.js';

const started = useStarted();

describe('much', { timeout: 60_000 }, () => {
  it.each([
    { what: 'values of 1 MB', args: ['-n', 60, '-c', 3, '-d', '1mb', '-r', 4, '--verify'], requests: 60 },
    { what: 'a pipeline of 1000', args: ['-n', 20_000, '-c', 2, '-P', 1000], requests: 20_000 },
    { what: '500 connections', args: ['-n', 3000, '-c', 500], requests: 3000 },
    { what: '500 connections of an open loop', args: ['-n', 2000, '-c', 500, '--rate', 4000], requests: 2000 },
    { what: 'six threads', args: ['-n', 3000, '-c', 12, '-T', 6, '-P', 4], requests: 3000 },
  ])('$what', async ({ args, requests }) => {
    const server = await started(new RespServer());
    const result = await load(`redis://127.0.0.1:${server.port}`, ...args);
    expect(flawsOf(result)).toEqual([]);
    expect(result.errors).toEqual([]);
    expect(result.totals.succeeded).toBe(requests);
    expect(server.store.reads + server.store.writes).toBeGreaterThanOrEqual(requests);
  });

  it.each([[[]], [['--rate', 400]]])('large values to a server that stops reading for a while (%j)', async (loop) => {
    const server = await started(new RespServer());
    Object.assign(server.faults, { stall: 300, stallAfter: 40, pausesReading: true });
    const args = ['-n', 120, '-c', 2, '-P', 16, '-d', '200kb', '-r', 5, '--workload', 'set'] as const;
    const result = await load(`redis://127.0.0.1:${server.port}`, ...args, ...loop);
    expect(flawsOf(result)).toEqual([]);
    expect(result.errors).toEqual([]);
    expect(server.store.writes).toBe(120);
    expect(result.totals.latency.max).toBeGreaterThan(200_000);
  });
});
