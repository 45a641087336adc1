/** /metrics: what INFO tells, under the names of redis_exporter, and what only this server has, as `ringshard_*`. */
import type { ServerParts } from '../../acceptor/commands/context.js';
import { CLIENTS } from '../../acceptor/commands/info/clients.js';
import { CPU } from '../../acceptor/commands/info/cpu.js';
import { MEMORY } from '../../acceptor/commands/info/memory.js';
import { PERSISTENCE } from '../../acceptor/commands/info/persistence.js';
import { REPLICATION } from '../../acceptor/commands/info/replication.js';
import type { Fields } from '../../acceptor/commands/info/section.js';
import { SERVER } from '../../acceptor/commands/info/server.js';
import { STATS } from '../../acceptor/commands/info/stats.js';
import { shardFigures } from '../../acceptor/shard-figures.js';
import { COUNTERS, GAUGES } from './names.js';
import { MetricsText } from './text.js';

const MICROS = 1e6;

export function metricsText(server: ServerParts): string {
  const text = new MetricsText();
  text.add('gauge', 'redis_up', 'Whether the server answers', 1);
  const info = Object.assign(
    {},
    ...[SERVER, CLIENTS, MEMORY, PERSISTENCE, STATS, REPLICATION, CPU].map(({ fields }) => fields(server)),
  ) as Fields;
  addInstance(text, server, info);
  for (const [field, name] of Object.entries(GAUGES)) addField(text, 'gauge', name, field, info);
  for (const [field, name] of Object.entries(COUNTERS)) addField(text, 'counter', name, field, info);
  addCommands(text, server);
  addKeyspace(text, server);
  addRingshard(text, server);
  return text.toString();
}

function addField(text: MetricsText, kind: 'gauge' | 'counter', name: string, field: string, info: Fields): void {
  const value = info[field];
  if (value !== undefined) text.add(kind, `redis_${name}`, `INFO's ${field}`, Number(value));
}

function addInstance(text: MetricsText, { config, since, slowLog }: ServerParts, info: Fields): void {
  const names = [
    'redis_version',
    'redis_build_id',
    'redis_mode',
    'os',
    'maxmemory_policy',
    'tcp_port',
    'run_id',
    'process_id',
  ];
  const labels = Object.fromEntries(names.map((name) => [name, info[name] ?? '']));
  text.add('gauge', 'redis_instance_info', 'Information about the server', 1, {
    role: info.role ?? 'master',
    ...labels,
  });
  text.add('gauge', 'redis_start_time_seconds', 'When the server was started', Math.floor(since / 1000));
  text.add('gauge', 'redis_config_maxclients', 'Option maxclients', config.current.maxclients);
  text.add('gauge', 'redis_config_maxmemory', 'Option maxmemory', config.current.maxmemory);
  const [last] = slowLog.newest(1);
  text.add('gauge', 'redis_slowlog_length', 'Entries of the slow log', slowLog.length);
  text.add('gauge', 'redis_slowlog_last_id', 'Number of its last entry', last?.id ?? 0);
  const seconds = (last?.micros ?? 0) / MICROS;
  text.add('gauge', 'redis_last_slow_execution_duration_seconds', 'How long that one took', seconds);
}

function addCommands(text: MetricsText, { stats }: ServerParts): void {
  const figures = [...stats.figures()].filter(([, { calls }]) => calls > 0);
  const each = (name: string, help: string, figureOf: (of: (typeof figures)[number][1]) => number) => {
    for (const [cmd, of] of figures) text.add('counter', name, help, figureOf(of), { cmd });
  };
  each('redis_commands_total', 'Calls by command', ({ calls }) => calls);
  each(
    'redis_commands_duration_seconds_total',
    'Time by command, estimated from a sample',
    ({ micros }) => micros / MICROS,
  );
  each('redis_commands_failed_calls_total', 'Calls that failed by command', ({ failed }) => failed);
  each('redis_commands_rejected_calls_total', 'Calls that were refused by command', ({ rejected }) => rejected);
  for (const [err, count] of stats.errors()) {
    text.add('counter', 'redis_errors_total', 'Error replies by their first word', count, { err });
  }
}

function addKeyspace(text: MetricsText, { config, ports }: ServerParts): void {
  const sum = (of: (exports: (typeof ports)[number]['engine']['exports']) => number) =>
    ports.reduce((total, { engine }) => total + (of(engine.exports) >>> 0), 0);
  const databases = Array.from({ length: config.current.databases }, (_, i) => i);
  for (const db of databases) {
    text.add(
      'gauge',
      'redis_db_keys',
      'Keys by database',
      sum((exports) => exports.keysIn(db)),
      { db: `db${db}` },
    );
  }
  for (const db of databases) {
    const keys = sum((exports) => exports.volatileKeysIn(db));
    text.add('gauge', 'redis_db_keys_expiring', 'Keys that expire by database', keys, { db: `db${db}` });
  }
}

function addRingshard(text: MetricsText, server: ServerParts): void {
  const { config, dispatcher, ports, recoveries } = server;
  const { restarts, emptied } = recoveries();
  const add = (kind: 'gauge' | 'counter', name: string, help: string, value: number) =>
    text.add(kind, `ringshard_${name}`, help, value);
  add('gauge', 'shards', 'Shards', ports.length);
  add('counter', 'direct_turns_total', 'Groups of requests run on a borrowed shard', dispatcher.directTurns);
  add('counter', 'ring_turns_total', "Groups of requests handed over to a shard's thread", dispatcher.ringTurns);
  add('gauge', 'outstanding_requests', 'Groups of requests that shards owe replies for', dispatcher.outstanding);
  add('counter', 'shard_restarts_total', "Restarts of shards' threads", restarts);
  add('counter', 'shards_emptied_total', 'Shards that were emptied after a failure', emptied);
  const figures = ports.map((port) => [port.shard, shardFigures(port, config.current.databases)] as const);
  const each = (
    kind: 'gauge' | 'counter',
    name: string,
    help: string,
    of: (f: (typeof figures)[number][1]) => number,
  ) => {
    for (const [shard, f] of figures) text.add(kind, `ringshard_shard_${name}`, help, of(f), { shard });
  };
  each('gauge', 'keys', 'Keys by shard', ({ keys }) => keys);
  each('gauge', 'used_bytes', 'Bytes of data by shard', ({ usedBytes }) => usedBytes);
  each('gauge', 'queued_bytes', 'Bytes in the request ring by shard', ({ queuedBytes }) => queuedBytes);
  each('gauge', 'suspended', 'Batches that are worked on in slices by shard', ({ suspended }) => suspended);
  each('counter', 'commands_total', 'Commands by shard', ({ commands }) => commands);
  each('counter', 'hits_total', 'Keys that were found by shard', ({ hits }) => hits);
  each('counter', 'misses_total', 'Keys that were not found by shard', ({ misses }) => misses);
  each('counter', 'evicted_total', 'Keys that were evicted by shard', ({ evicted }) => evicted);
  each('counter', 'expired_total', 'Keys that have expired by shard', ({ expired }) => expired);
}
