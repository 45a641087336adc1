/** What memory is used for, as INFO memory and MEMORY tell it. */
import { PAGE } from '../../engine/layout/memory.js';
import type { EngineExports } from '../../wasm/engine.js';
import { memoryOf } from './client-list.js';
import type { ServerParts } from './context.js';

/** Bytes of all shards together. */
export interface MemoryFigures {
  /** Blocks that are in use, the pages that these lie in, and the pages that were ever in use. */
  readonly used: number;
  readonly pages: number;
  readonly touched: number;
  /** The most that was ever in use. */
  readonly peak: number;
  /** Of the process. */
  readonly resident: number;
  /** What clients' requests and replies take. */
  readonly clients: number;
}

export function memoryFigures(server: ServerParts): MemoryFigures {
  return {
    used: server.counters.usedBytes,
    pages: sumOfShards(server, (exports) => exports.usedPages()) * PAGE,
    touched: sumOfShards(server, (exports) => exports.touchedPages()) * PAGE,
    peak: server.sampler.peakBytes,
    resident: process.memoryUsage.rss(),
    clients: clientBytes(server),
  };
}

/** A figure of all shards together. Engines give theirs as 32-bit words. */
export function sumOfShards({ ports }: ServerParts, of: (exports: EngineExports) => number): number {
  return ports.reduce((total, { engine }) => total + (of(engine.exports) >>> 0), 0);
}

function clientBytes(server: ServerParts): number {
  let total = 0;
  for (const client of server.clients) {
    const { input, request, output } = memoryOf(server, client);
    total += input + request + output;
  }
  return total;
}
