/** Generated sequences of keys. Those of one seed are always the same. */
import { Chance } from '../support/requests.js';
import { Zipf } from '../support/zipf.js';

export interface Trace {
  readonly name: string;
  /** The numbers of the keys, in the order of the requests. */
  readonly keys: Uint32Array;
  /** Every number is below. */
  readonly keyCount: number;
  /** So many requests from the beginning fill the cache and are not counted. */
  readonly warmup: number;
}

export interface Scale {
  /** What lengths are measured in: the number of items that a cache holds. */
  readonly items: number;
  readonly warmup: number;
  readonly counted: number;
  readonly seed: number;
}

/** How a trace comes by its next key. */
type Source = (place: number) => number;

interface Kind {
  readonly name: string;
  /** Keys, in items. */
  readonly keys: number;
  readonly source: (scale: Scale, keyCount: number, chance: Chance) => Source;
}

/** What batches of requests divide: none of them lies across the end of the warm-up. */
const BATCHES = 1024;
/** Keys that Zipf's law is drawn over, in items. */
const POPULATION = 10;
const SKEW = 0.99;

const KINDS: readonly Kind[] = [
  ...[0.8, 0.9, 0.99, 1.1, 1.2].map(zipf),
  { name: 'Zipf 0.99 + steady scan', keys: 2 * POPULATION, source: steadyScan },
  { name: 'Zipf 0.99 + bursts of scans', keys: 2 * POPULATION, source: burstsOfScans },
  loop(1.1),
  loop(2),
  { name: 'Zipf 0.99 drifting', keys: POPULATION, source: drift },
  { name: 'Zipf 0.99 jumping', keys: POPULATION, source: jumps },
];

/** The traces whose names contain one of `only`; all when there is none. */
export function traceNames(only: readonly string[] = []): string[] {
  return wanted(only).map(({ name }) => name);
}

export function makeTraces(scale: Scale, only: readonly string[] = []): Trace[] {
  return wanted(only).map((kind) => makeTrace(kind, scale));
}

function wanted(only: readonly string[]): Kind[] {
  return KINDS.filter(({ name }) => only.length === 0 || only.some((word) => name.includes(word)));
}

function makeTrace({ name, keys, source }: Kind, scale: Scale): Trace {
  const keyCount = Math.ceil(keys * scale.items);
  const warmup = Math.ceil((scale.warmup * scale.items) / BATCHES) * BATCHES;
  const next = source(scale, keyCount, new Chance(scale.seed));
  const all = new Uint32Array(warmup + Math.round(scale.counted * scale.items));
  for (let place = 0; place < all.length; place++) all[place] = next(place);
  return { name, keys: all, keyCount, warmup };
}

function zipf(skew: number): Kind {
  return {
    name: `Zipf ${skew}`,
    keys: POPULATION,
    source: (_scale, keyCount, chance) => {
      const ranks = new Zipf(chance, keyCount, skew);
      return () => ranks.next();
    },
  };
}

/** The same keys in the same order, over and over. */
function loop(length: number): Kind {
  return {
    name: `loop of ${length} x items`,
    keys: length,
    source: (_scale, keyCount) => (place) => place % keyCount,
  };
}

/** Popular keys, and every fifth request one for a key that comes once and not again for a long time. */
function steadyScan(_scale: Scale, keyCount: number, chance: Chance): Source {
  const ranks = new Zipf(chance, keyCount / 2, SKEW);
  const scanned = scanOf(keyCount);
  return () => (chance.below(5) === 0 ? scanned() : ranks.next());
}

/** Now and then a scan that is as long as the cache is large, and nothing else meanwhile; a fifth of all requests. */
function burstsOfScans(scale: Scale, keyCount: number, chance: Chance): Source {
  const ranks = new Zipf(chance, keyCount / 2, SKEW);
  const scanned = scanOf(keyCount);
  return (place) => (place % (5 * scale.items) >= 4 * scale.items ? scanned() : ranks.next());
}

/** The upper half of the keys, in order. */
function scanOf(keyCount: number): () => number {
  const first = Math.ceil(keyCount / 2);
  let at = 0;
  return () => first + (at++ % (keyCount - first));
}

/** New keys come in as the most popular ones, and all others lose a rank: every 25 requests. */
function drift(_scale: Scale, keyCount: number, chance: Chance): Source {
  const ranks = new Zipf(chance, keyCount, SKEW);
  return (place) => {
    const newest = keyCount - 1 - (Math.floor(place / 25) % keyCount);
    return (newest + ranks.next()) % keyCount;
  };
}

/** Every key gets another rank at once, far away from its old one: twice while requests count. */
function jumps({ items, warmup, counted }: Scale, keyCount: number, chance: Chance): Source {
  const ranks = new Zipf(chance, keyCount, SKEW);
  const step = Math.floor(keyCount / 3);
  const every = (counted * items) / 2;
  const first = (warmup + counted / 4) * items;
  return (place) => (Math.max(0, Math.ceil((place - first) / every)) * step + ranks.next()) % keyCount;
}
