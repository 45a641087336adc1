/** What `stats` tells, by kind, in memcached's names. */
import type { MemcachedParts } from '../parts.js';
import { general } from './general.js';
import { connections, settings } from './server.js';

/** Name and value. */
export type Figure = readonly [name: string, value: string | number];

/** Figures of a kind; undefined when there is none of that name. */
export function statsOf(parts: MemcachedParts, kind: string): readonly Figure[] | undefined {
  switch (kind) {
    case '':
      return general(parts);
    case 'settings':
      return settings(parts.server);
    case 'conns':
      return connections(parts.server);
    case 'slabs':
      return slabs(parts);
    case 'sizes':
      return [['sizes_status', 'disabled']];
    // Items are in no queues by size; and nothing is counted by prefixes.
    case 'items':
    case 'detail':
      return [];
    default:
      return undefined;
  }
}

/** Memory has no slab classes that would be of use to anybody outside: only the sums. */
function slabs({ server }: MemcachedParts): readonly Figure[] {
  const pages = server.ports.reduce((sum, { engine }) => sum + engine.exports.usedPages(), 0);
  return [
    ['active_slabs', 0],
    ['total_malloced', pages * 4096],
  ];
}
