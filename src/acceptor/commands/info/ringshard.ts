/**
 * INFO ringshard, which Redis does not have: how requests reach the shards, and a line about each shard. Counters are
 * since the start; CONFIG RESETSTAT leaves them alone.
 */
import { performance } from 'node:perf_hooks';
import { type ShardFigures, shardFigures } from '../../shard-figures.js';
import type { ServerParts } from '../context.js';
import type { Fields, Section } from './section.js';

function fields({ config, dispatcher, ports, recoveries }: ServerParts): Fields {
  const { restarts, emptied } = recoveries();
  const { databases, shards } = config.current;
  return {
    shards,
    dispatch: dispatcher.dispatch,
    // Groups of requests that the acceptor ran on a borrowed shard, and those that it handed over to one.
    direct_turns: dispatcher.directTurns,
    ring_turns: dispatcher.ringTurns,
    outstanding_requests: dispatcher.outstanding,
    shard_restarts: restarts,
    shards_emptied: emptied,
    // Milliseconds in which the acceptor's event loop had something to do.
    acceptor_busy_ms: Math.round(performance.eventLoopUtilization().active),
    ...Object.fromEntries(ports.map((port) => [`shard${port.shard}`, lineOf(shardFigures(port, databases))])),
  };
}

function lineOf(figures: ShardFigures): string {
  return [
    `keys=${figures.keys}`,
    `expires=${figures.expires}`,
    `used_bytes=${figures.usedBytes}`,
    `used_pages=${figures.usedPages}`,
    `touched_pages=${figures.touchedPages}`,
    `commands=${figures.commands}`,
    `hits=${figures.hits}`,
    `misses=${figures.misses}`,
    `expired=${figures.expired}`,
    `evicted=${figures.evicted}`,
    `jobs=${figures.jobs}`,
    `suspended=${figures.suspended}`,
    `queued_bytes=${figures.queuedBytes}`,
    `moved_blocks=${figures.moved}`,
    `garbage_keys=${figures.garbage}`,
    `busy_usec=${Math.round(figures.busyMicros)}`,
  ].join(',');
}

export const RINGSHARD: Section = { names: ['ringshard'], title: 'Ringshard', isDefault: false, fields };
