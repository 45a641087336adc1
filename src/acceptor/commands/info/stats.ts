/** INFO stats: counters since the start, or since the last CONFIG RESETSTAT. */
import type { ServerParts } from '../context.js';
import type { Fields, Section } from './section.js';

function fields({ counters, sampler, stats, pubsub, tracking }: ServerParts): Fields {
  const totals = counters.totals();
  const { commandsPerSecond, bytesInPerSecond, bytesOutPerSecond } = sampler.rates;
  const errors = [...stats.errors().values()].reduce((sum, count) => sum + count, 0);
  return {
    total_connections_received: totals.accepted,
    total_commands_processed: totals.commands,
    instantaneous_ops_per_sec: Math.round(commandsPerSecond),
    total_net_input_bytes: totals.bytesIn,
    total_net_output_bytes: totals.bytesOut,
    total_net_repl_input_bytes: 0,
    total_net_repl_output_bytes: 0,
    instantaneous_input_kbps: kibibytes(bytesInPerSecond),
    instantaneous_output_kbps: kibibytes(bytesOutPerSecond),
    instantaneous_input_repl_kbps: kibibytes(0),
    instantaneous_output_repl_kbps: kibibytes(0),
    rejected_connections: totals.rejected,
    sync_full: 0,
    sync_partial_ok: 0,
    sync_partial_err: 0,
    expired_keys: totals.expired,
    expired_stale_perc: '0.00',
    expired_time_cap_reached_count: 0,
    evicted_keys: totals.evicted,
    evicted_clients: 0,
    total_eviction_exceeded_time: 0,
    current_eviction_exceeded_time: 0,
    keyspace_hits: totals.hits,
    keyspace_misses: totals.misses,
    pubsub_channels: pubsub.count('channel'),
    pubsub_patterns: pubsub.count('pattern'),
    pubsubshard_channels: pubsub.count('shard'),
    latest_fork_usec: 0,
    total_forks: 0,
    migrate_cached_sockets: 0,
    slave_expires_tracked_keys: 0,
    active_defrag_hits: totals.moved,
    active_defrag_misses: 0,
    active_defrag_key_hits: 0,
    active_defrag_key_misses: 0,
    total_active_defrag_time: 0,
    current_active_defrag_time: 0,
    tracking_total_keys: tracking.figures.keys,
    tracking_total_items: tracking.figures.items,
    tracking_total_prefixes: tracking.figures.prefixes,
    unexpected_error_replies: 0,
    total_error_replies: errors,
    dump_payload_sanitizations: 0,
    total_reads_processed: totals.reads,
    io_threaded_reads_processed: 0,
    io_threaded_writes_processed: 0,
    client_output_buffer_limit_disconnections: totals.outputLimitClosed,
  };
}

function kibibytes(bytes: number): string {
  return (bytes / 1024).toFixed(2);
}

export const STATS: Section = { names: ['stats'], title: 'Stats', isDefault: true, fields };
