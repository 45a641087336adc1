/** The open loop keeps to its schedule and shows what a stalled server keeps waiting; the closed loop hides it. */
import { describe, expect, it } from 'vitest';
import { RespServer } from '../../support/load/resp-server.js';
import { countAbove, flawsOf, load, planOf, runPlan } from '../../support/load/runs.js';
import { useStarted } from '../../support/load/started.js';

const started = useStarted();
const RATE = 1000;
const STALL_MS = 100;

async function stalling(): Promise<RespServer> {
  const server = await started(new RespServer());
  server.faults.stall = STALL_MS;
  server.faults.stallAfter = RATE;
  return server;
}

// Again when the machine itself stood still.
describe('a server that stands still for 100 ms', { timeout: 30_000, retry: 2 }, () => {
  const args = ['--duration', '2s', '--warmup', '0', '-c', 4] as const;

  it.each([[], ['-P', 1]])(
    'open loop (%j): all that was due in that time waits for up to 100 ms',
    async (...pipeline) => {
      const { port } = await stalling();
      const rate = ['--rate', RATE, '--arrivals', 'constant'] as const;
      const outcome = await runPlan(planOf(`redis://127.0.0.1:${port}`, ...args, ...rate, ...pipeline));
      const { totals } = outcome.result;
      expect(flawsOf(outcome.result)).toEqual([]);
      expect(totals).toMatchObject({ sent: 2 * RATE, failed: 0 });
      // Due evenly spread over the stall: half of them wait for more than half of it. A busy machine only adds to that.
      expect(countAbove(outcome, STALL_MS / 2)).toBeGreaterThan(40);
      expect(countAbove(outcome, STALL_MS / 2)).toBeLessThan(150);
      expect(totals.latency.max).toBeGreaterThan(90_000);
      expect(totals.latency.p99).toBeGreaterThan(60_000);
      expect(totals.latency.p50).toBeLessThan(50_000);
      // Counted from the moment of sending, one request on each connection would have seen it.
      if (pipeline.length > 0) expect(totals.service?.p99).toBeLessThan(totals.latency.p99 / 2);
    },
  );

  it('closed loop: one request of each connection has seen it', async () => {
    const { port } = await stalling();
    const outcome = await runPlan(planOf(`redis://127.0.0.1:${port}`, ...args));
    const { totals } = outcome.result;
    expect(totals.sent).toBeGreaterThan(2 * RATE);
    expect(totals.latency.max).toBeGreaterThan(90_000);
    expect(countAbove(outcome, STALL_MS / 2)).toBeGreaterThanOrEqual(1);
    expect(countAbove(outcome, STALL_MS / 2)).toBeLessThan(20);
    expect(totals.latency.p99).toBeLessThan(30_000);
  });
});

describe('schedules', { timeout: 30_000 }, () => {
  const CASES = [
    { name: 'ramp', args: ['--ramp', '200:1800:2s'], offered: [600, 1400] },
    { name: 'ramp down to nothing', args: ['--ramp', '1000:0:2s'], offered: [750, 250] },
    { name: 'steps', args: ['--steps', '500,1500:1s'], offered: [500, 1500] },
  ];

  it.each(CASES)('constant arrivals, $name: each second has what the integral says', async ({ args, offered }) => {
    const server = await started(new RespServer());
    const url = `redis://127.0.0.1:${server.port}`;
    const result = await load(url, ...args, '--arrivals', 'constant', '-T', 2, '-c', 4);
    const [first = 0, second = 0] = offered;
    expect(flawsOf(result)).toEqual([]);
    expect(Math.abs(result.totals.sent - (first + second))).toBeLessThanOrEqual(2);
    expect(server.requests).toBe(result.totals.sent);
    // A second's border is met with the machine's own delays.
    expect(Math.abs((result.series[0]?.succeeded ?? 0) - first)).toBeLessThan(150);
    const sums = result.series.map((point) => point.offered ?? 0);
    // Threads end their seconds at slightly different times.
    expect(Math.abs(sums.reduce((sum, one) => sum + one, 0) - first - second)).toBeLessThan(60);
  });

  it('Poisson arrivals: within five standard deviations of the integral', async () => {
    const server = await started(new RespServer());
    const result = await load(`redis://127.0.0.1:${server.port}`, '--ramp', '500:1500:2s', '-T', 2);
    expect(flawsOf(result)).toEqual([]);
    expect(Math.abs(result.totals.sent - 2000)).toBeLessThan(5 * Math.sqrt(2000));
    expect(server.requests).toBe(result.totals.sent);
  });

  it('asleep between requests, it sends as many', async () => {
    const server = await started(new RespServer());
    const url = `redis://127.0.0.1:${server.port}`;
    const pacing = ['--arrivals', 'constant', '--pacing', 'sleep'];
    const result = await load(url, '--rate', 2000, '--duration', '1s', ...pacing);
    expect(result.totals).toMatchObject({ sent: 2000, succeeded: 2000 });
  });

  it('what a slow server leaves no room for is not sent, and said', async () => {
    const server = await started(new RespServer());
    server.faults.stall = 1500;
    server.faults.stallAfter = 100;
    const args = ['--rate', 1000, '--arrivals', 'constant', '-c', 2, '-P', 1, '--duration', '1s'] as const;
    const result = await load(`redis://127.0.0.1:${server.port}`, ...args);
    expect(flawsOf(result)).toEqual([]);
    const unsent = result.errors.find(({ kind }) => kind === 'unsent')?.count ?? 0;
    expect(Math.abs(result.totals.sent + unsent - 1000)).toBeLessThanOrEqual(1);
    expect(unsent).toBeGreaterThan(800);
  });
});
