import type { ServerParts } from '../../commands/context.js';
import type { Figure } from './index.js';

/** `stats settings`: those of memcached's settings that mean something here. */
export function settings({ config }: ServerParts): readonly Figure[] {
  const { current } = config;
  return [
    ['maxbytes', current.maxmemory],
    ['maxconns', current.maxclients],
    ['tcpport', String(current.memcachedPort)],
    ['inter', current.bind.join(',')],
    ['evictions', current.maxmemoryPolicy === 'noeviction' ? 'off' : 'on'],
    ['shutdown_command', 'no'],
    ['num_threads', current.shards],
    ['detail_enabled', 'no'],
    ['cas_enabled', 'yes'],
    ['tcp_backlog', current.tcpBacklog],
    ['binding_protocol', 'auto-negotiate'],
    ['auth_enabled_sasl', current.requirepass === '' ? 'no' : 'yes'],
    ['auth_enabled_ascii', current.requirepass === '' ? 'no' : 'yes'],
    ['item_size_max', current.memcachedItemSizeMax],
    ['maxconns_fast', 'yes'],
    ['slab_reassign', 'no'],
    ['slab_automove', 0],
    ['lru_crawler', 'no'],
    ['flush_enabled', 'yes'],
    ['dump_enabled', 'no'],
    ['hash_algorithm', 'siphash'],
    ['idle_timeout', current.timeout],
    ['track_sizes', 'no'],
  ];
}

/** `stats conns`: clients of memcached's protocols. */
export function connections({ clients, now }: ServerParts): readonly Figure[] {
  const time = now();
  return [...clients]
    .filter(({ connection }) => connection.isMemcached)
    .flatMap(({ id, address, localAddress, connection }): Figure[] => [
      [`${id}:addr`, `tcp:${address}`],
      [`${id}:listen_addr`, `tcp:${localAddress}`],
      [`${id}:state`, connection.isBusy ? 'conn_mwrite' : 'conn_parse_cmd'],
      [`${id}:secs_since_last_cmd`, Math.floor((time - connection.lastActive) / 1000)],
    ]);
}
