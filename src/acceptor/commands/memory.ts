/** MEMORY: what memory is used for. MEMORY USAGE is the engine's. */
import { PAGE } from '../../engine/layout/memory.js';
import { Double, OK, type Value, Verbatim } from '../../message/value.js';
import { shardFigures } from '../shard-figures.js';
import type { Answer, CommandContext, Handlers } from './context.js';
import { memoryFigures } from './memory-figures.js';

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

function rounded(value: number): Double {
  return new Double(Number(value.toFixed(4)));
}

/** Redis's fields as far as there is such a thing here. */
function stats({ server }: CommandContext): Answer {
  const { used, pages, touched, peak, resident, clients } = memoryFigures(server);
  const keys = server.ports.reduce((sum, port) => sum + shardFigures(port, server.config.current.databases).keys, 0);
  return new Map<Value, Value>([
    ['peak.allocated', peak],
    ['total.allocated', used],
    ['startup.allocated', 0],
    ['replication.backlog', 0],
    ['clients.slaves', 0],
    ['clients.normal', clients],
    ['cluster.links', 0],
    ['aof.buffer', 0],
    ['lua.caches', 0],
    ['functions.caches', 0],
    ['overhead.total', clients],
    ['keys.count', keys],
    ['keys.bytes-per-key', Math.floor(ratio(used, keys))],
    ['dataset.bytes', used],
    ['dataset.percentage', rounded(used === 0 ? 0 : 100)],
    ['peak.percentage', rounded(ratio(used, peak) * 100)],
    ['allocator.allocated', used],
    ['allocator.active', pages],
    ['allocator.resident', touched],
    ['allocator-fragmentation.ratio', rounded(ratio(pages, used))],
    ['allocator-fragmentation.bytes', pages - used],
    ['allocator-rss.ratio', rounded(ratio(touched, pages))],
    ['allocator-rss.bytes', touched - pages],
    ['rss-overhead.ratio', rounded(ratio(resident, touched))],
    ['rss-overhead.bytes', resident - touched],
    ['fragmentation', rounded(ratio(resident, used))],
    ['fragmentation.bytes', resident - used],
  ]);
}

/** A line for each shard. */
function mallocStats({ server }: CommandContext): Answer {
  const lines = server.ports.map(({ shard, engine: { exports } }) => {
    const used = exports.usedBytes();
    const pages = exports.usedPages() >>> 0;
    const touched = exports.touchedPages() >>> 0;
    return `shard ${shard}: ${used} bytes in use, in ${pages} pages of ${PAGE} bytes; ${touched} pages ever touched\n`;
  });
  return new Verbatim(lines.join(''));
}

/** What is worth saying begins to be worth it at so many bytes. */
const SMALL = 5 * 1024 * 1024;
const MUCH = 10 * 1024 * 1024;

function doctor({ server }: CommandContext): Answer {
  const { used, pages, touched, peak } = memoryFigures(server);
  if (used < SMALL) return new Verbatim('There is next to no data in this server, so there is nothing to say.\n');
  const remarks: string[] = [];
  if (peak > used * 1.5) {
    remarks.push(
      `At its peak the data took ${peak} bytes, now it takes ${used}. The pages of that time (${touched} bytes) stay ` +
        'with the process; they are used again before others are.',
    );
  }
  if (pages > used * 1.4 && pages - used > MUCH) {
    remarks.push(
      `Pages are filled to ${Math.floor(ratio(used, pages) * 100)} percent. Shards move blocks together when they are ` +
        'idle: look again after a while.',
    );
  }
  if (remarks.length === 0) return new Verbatim('Nothing seems wrong with memory.\n');
  return new Verbatim(remarks.map((remark) => `* ${remark}\n`).join(''));
}

export const MEMORY_HANDLERS: Handlers = {
  'memory|doctor': doctor,
  'memory|malloc-stats': mallocStats,
  // A WebAssembly memory can't give pages back to the system.
  'memory|purge': () => OK,
  'memory|stats': stats,
};
