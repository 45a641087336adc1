/** What every section works with. */
import { decodeHistogram, type Histogram, merged } from '../../dist/load/result/histogram.js';
import type { Figures } from '../server/figures.js';
import { type LoadResult, type LoadRun, runLoad } from '../support/load.js';
import { type RunningServer, startServer } from '../support/servers.js';
import type { Contestant } from './contestants.js';
import type { Options } from './options.js';

/** Share of the time from which the generator's thread counts as the limit. */
const BUSY = 0.95;

export interface Context {
  readonly options: Options;
  readonly figures: Figures;
  readonly contestants: readonly Contestant[];
  readonly curves: Curves;
}

export interface Running {
  readonly contestant: Contestant;
  readonly server: RunningServer;
}

/** Latencies of all rounds together, by case and server: for plots. */
export class Curves {
  readonly #histograms = new Map<string, Map<string, Histogram>>();

  add(name: string, server: string, { totals }: LoadResult): void {
    const servers = this.#histograms.get(name) ?? new Map<string, Histogram>();
    this.#histograms.set(name, servers);
    const one = decodeHistogram(totals.latency.histogram);
    const known = servers.get(server);
    servers.set(server, known === undefined ? one : merged([known, one]));
  }

  of(name: string): ReadonlyMap<string, Histogram> {
    return this.#histograms.get(name) ?? new Map();
  }
}

/** Whether a case is to be measured. */
export function isWanted({ options }: Context, name: string): boolean {
  return options.only.length === 0 || options.only.some((only) => name.includes(only));
}

/** Starts servers, which end when `use` has. */
export async function withContestants(
  contestants: readonly Contestant[],
  use: (running: readonly Running[]) => Promise<void>,
): Promise<void> {
  const running: Running[] = [];
  try {
    for (const contestant of contestants) running.push({ contestant, server: await startServer(contestant.command) });
    await use(running);
  } finally {
    await Promise.all(running.map(({ server }) => server.stop()));
  }
}

/** Puts a load on a server; what the generator's words are is said in `ringshard load --help`. */
export function load({ contestant, server }: Running, args: readonly string[], signal?: AbortSignal): Promise<LoadRun> {
  return runLoad([`${contestant.scheme}://127.0.0.1:${server.port}`, ...args], server.pid, signal);
}

/** Stores every key once. */
export async function fill(running: Running, keys: number, valueBytes: number): Promise<void> {
  const { result } = await load(running, ['-r', `${keys}`, '-d', `${valueBytes}`, '--preload', '-n', '1', '-t', 'get']);
  if (result.totals.hits !== 1) throw new Error(`${running.contestant.title} has not kept what was stored`);
}

/** Whether the generator, not the server, has set the pace. */
export function isBounded({ result }: LoadRun): boolean {
  return !result.generator.valid || result.generator.utilization > BUSY;
}
