/**
 * What a measurement says of a server that stands still at known times. Whoever comes at any time waits, on average
 * over a period, as long as is left of the stall: that gives each percentile by calculation. A closed loop stops asking
 * while it waits, so only its few requests under way see the stall.
 */
import { fileURLToPath } from 'node:url';
import type { Latency } from '../../dist/load/result/result.js';
import { say } from '../server/context.js';
import { runLoad } from '../support/load.js';
import { type ServerCommand, startServer } from '../support/servers.js';
import type { StallSettings } from './options.js';

const CONNECTIONS = 10;
const WARMUP_SECONDS = 0.5;

export interface StallOutcome extends StallSettings {
  readonly connections: number;
  /** From the intended time, and from the moment of sending. */
  readonly open: Latency;
  readonly sending: Latency;
  readonly closed: Latency;
}

/** The milliseconds that a share of the requests waits at most, if the server answers at once but for its stalls. */
export function calculatedMs({ everyMs, forMs }: Pick<StallSettings, 'everyMs' | 'forMs'>, percentile: number): number {
  return Math.max(0, forMs - ((100 - percentile) * everyMs) / 100);
}

function commandOf({ everyMs, forMs }: StallSettings): ServerCommand {
  const file = fileURLToPath(new URL('stalling-server.ts', import.meta.url));
  const args = ['--import', import.meta.resolve('tsx'), file, '{port}', String(everyMs), String(forMs)];
  return { name: 'the stalling server', file: process.execPath, args };
}

export async function measureStall(settings: StallSettings): Promise<StallOutcome> {
  const { everyMs, stalls, rate } = settings;
  const server = await startServer(commandOf(settings));
  try {
    const load = async (...args: string[]) => {
      const shared = ['-t', 'get', '-r', '1000', '-c', `${CONNECTIONS}`, '-P', '1', '--warmup', `${WARMUP_SECONDS}s`];
      const length = ['--duration', `${(everyMs * stalls) / 1000}s`];
      return (await runLoad([`redis://127.0.0.1:${server.port}`, ...shared, ...length, ...args], server.pid)).result;
    };
    say('stall: open loop');
    const open = (await load('--rate', `${rate}`, '--arrivals', 'constant')).totals;
    say(', closed loop\n');
    const closed = (await load()).totals;
    if (open.service === undefined) throw new Error('the open loop has no latency from sending');
    return { ...settings, connections: CONNECTIONS, open: open.latency, sending: open.service, closed: closed.latency };
  } finally {
    await server.stop();
  }
}
