/** Plays a trace to a server, through a socket, as a client of a look-aside cache. */
import { LookAside } from '../support/look-aside.js';
import { type RespClient, withClient } from '../support/resp-client.js';
import { type ServerCommand, startServer } from '../support/servers.js';
import type { Counted } from './exact.js';
import type { Trace } from './traces.js';

const KEY_PREFIX = 'key:';
/** Far fewer than any cache holds, so that it does not matter that the SETs of a batch come after its GETs. */
const DEPTH = 128;
/** How often the items are counted that the server holds. */
const LOOKS = 20;

/** All but the seconds: without the warm-up. */
export interface Replayed extends Counted {
  /** Items that the server held, on average. */
  readonly items: number;
  readonly evicted: number;
  /** The whole trace. */
  readonly seconds: number;
}

export async function replay(command: ServerCommand, trace: Trace, valueBytes: number): Promise<Replayed> {
  const server = await startServer(command);
  try {
    return await withClient(server.port, (client) => replayTo(server.port, client, trace, valueBytes));
  } finally {
    await server.stop();
  }
}

async function replayTo(port: number, client: RespClient, trace: Trace, valueBytes: number): Promise<Replayed> {
  const { keys, warmup } = trace;
  const started = performance.now();
  const looks: Promise<number>[] = [];
  const lookEvery = (keys.length - warmup) / LOOKS;
  let before: Promise<Stats> | undefined;
  const { hits, allHits } = await play(port, trace, valueBytes, (done) => {
    if (done < warmup) return;
    before ??= statsOf(client);
    if (looks.length * lookEvery <= done - warmup) looks.push(client.integer('DBSIZE'));
  });
  const seconds = (performance.now() - started) / 1000;
  const items = (await Promise.all(looks)).reduce((sum, n) => sum + n, 0) / looks.length;
  const after = await statsOf(client);
  if (after.hits !== allHits || after.misses !== keys.length - allHits) {
    throw new Error(`of ${keys.length} GETs ${allHits} have hit, but the server says ${after.hits}`);
  }
  const evicted = after.evicted - ((await before)?.evicted ?? 0);
  return { gets: keys.length - warmup, hits, items, evicted, seconds };
}

interface Hits {
  /** Without the warm-up, and with it. */
  readonly hits: number;
  readonly allHits: number;
}

/** `onBatch` is told how many requests have been answered. */
function play(port: number, trace: Trace, valueBytes: number, onBatch: (done: number) => void): Promise<Hits> {
  const { keys, warmup, keyCount } = trace;
  let place = 0;
  let done = 0;
  let hits = 0;
  let allHits = 0;
  return new Promise((resolve, reject) => {
    const client = new LookAside({
      port,
      keys: { prefix: KEY_PREFIX, count: keyCount },
      valueBytes,
      depth: DEPTH,
      next: () => keys[place++],
      onBatch: (batchGets, batchHits) => {
        if (done >= warmup) hits += batchHits;
        allHits += batchHits;
        done += batchGets;
        onBatch(done);
        return true;
      },
      onEnd: () => {
        client.close();
        if (done === keys.length) resolve({ hits, allHits });
        else reject(new Error(`${done} of ${keys.length} requests were answered`));
      },
      onError: (error) => {
        client.close();
        reject(error);
      },
    });
  });
}

/** What the server has counted since it was started. */
interface Stats {
  readonly hits: number;
  readonly misses: number;
  readonly evicted: number;
}

async function statsOf(client: RespClient): Promise<Stats> {
  const fields = await client.info('stats');
  const field = (name: string) => {
    const n = Number(fields.get(name));
    if (Number.isNaN(n)) throw new Error(`the server does not say its ${name}`);
    return n;
  };
  return { hits: field('keyspace_hits'), misses: field('keyspace_misses'), evicted: field('evicted_keys') };
}
