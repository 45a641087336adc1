import { MEMCACHED_VERSION } from '../../../commands/memcached-texts.js';
import type { MemcachedParts } from '../parts.js';
import type { Figure } from './index.js';

const MICROS_PER_SECOND = 1e6;

/** `stats` without a kind. What is counted for memcached's commands alone is so; memory and items are everybody's. */
export function general({ server, baseline, flusher, udp }: MemcachedParts): readonly Figure[] {
  const { config, clients, counters, now, since, ports } = server;
  const counts = baseline.counts();
  const datagrams = udp();
  const { bytesIn, bytesOut } = counters.flow();
  const cpu = process.cpuUsage();
  const items = ports.reduce((sum, { engine }) => sum + engine.exports.keysIn(0), 0);
  return [
    ['pid', process.pid],
    ['uptime', Math.floor((now() - since) / 1000)],
    ['time', Math.floor(now() / 1000)],
    ['version', MEMCACHED_VERSION],
    ['pointer_size', 32],
    ['rusage_user', (cpu.user / MICROS_PER_SECOND).toFixed(6)],
    ['rusage_system', (cpu.system / MICROS_PER_SECOND).toFixed(6)],
    ['max_connections', config.current.maxclients],
    ['curr_connections', clients.size],
    ['total_connections', clients.accepted],
    ['rejected_connections', clients.rejected],
    ['cmd_get', counts.getHits + counts.getMisses],
    ['cmd_set', counts.sets],
    ['cmd_flush', flusher.calls],
    ['cmd_touch', counts.touchHits + counts.touchMisses],
    ['cmd_meta', counts.meta],
    ['get_hits', counts.getHits],
    ['get_misses', counts.getMisses],
    ['get_expired', counts.expired],
    ['delete_misses', counts.deleteMisses],
    ['delete_hits', counts.deleteHits],
    ['incr_misses', counts.incrMisses],
    ['incr_hits', counts.incrHits],
    ['decr_misses', counts.decrMisses],
    ['decr_hits', counts.decrHits],
    ['cas_misses', counts.casMisses],
    ['cas_hits', counts.casHits],
    ['cas_badval', counts.casBadval],
    ['touch_hits', counts.touchHits],
    ['touch_misses', counts.touchMisses],
    ['store_too_large', counts.tooLarge],
    ['store_no_memory', counts.noMemory],
    ['udp_datagrams', datagrams.received],
    ['udp_malformed', datagrams.malformed],
    ['udp_refused', datagrams.refused],
    ['udp_shortened', datagrams.shortened],
    ['udp_dropped', datagrams.dropped],
    ['bytes_read', bytesIn],
    ['bytes_written', bytesOut],
    ['limit_maxbytes', config.current.maxmemory],
    ['accepting_conns', 1],
    ['threads', config.current.shards],
    ['bytes', counters.usedBytes],
    ['curr_items', items],
    ['total_items', counts.sets],
    ['evictions', counts.evicted],
  ];
}
