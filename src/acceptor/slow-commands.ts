/** Commands that were slow on a shard: the slow log and the latency monitor learn of them, each by its own threshold. */
import { commandById } from '../commands/table.js';
import type { Config, LiveConfig } from '../config/index.js';
import { FRAME_COMMAND } from '../engine/layout/batch.js';
import type { SlowNote } from '../message/slow.js';
import type { Client } from './client.js';
import { INTERNAL } from './dispatcher.js';
import type { LatencyMonitor } from './latency-monitor.js';
import type { ShardPort } from './shard-port.js';
import { type SlowLog, wordsOfNote } from './slow-log.js';

export interface SlowCommandsOptions {
  readonly config: LiveConfig;
  readonly slowLog: SlowLog;
  readonly latency: LatencyMonitor;
  /** Who a connection belongs to, as long as it is there. */
  readonly client: (connection: number) => Client | undefined;
}

/** Thresholds are 32-bit integers where shards read them. */
const MICROS_MAX = 2 ** 31 - 1;
const NOBODY = { address: '', name: '' };

/** Takes notes from shards. */
export function slowCommands(options: SlowCommandsOptions): (note: SlowNote) => void {
  const { config, slowLog, latency, client } = options;
  return (note) => {
    // Requests that the acceptor itself has made are parts of a command, which is timed as a whole (commands/router.ts).
    if (note.connection === INTERNAL) return;
    const { at, micros } = note;
    const command = commandById(commandOf(note));
    if (command !== undefined) latency.noteCommand(command, at, micros);
    const threshold = config.current.slowlogLogSlowerThan;
    if (threshold < 0 || micros < threshold) return;
    const { words, missing } = wordsOfNote(note);
    const { address, name } = client(note.connection) ?? NOBODY;
    slowLog.add({ at: Math.floor(at / 1000), micros, address, name }, words, missing);
  };
}

function commandOf({ frame }: SlowNote): number {
  return new DataView(frame.buffer, frame.byteOffset, frame.byteLength).getUint16(FRAME_COMMAND, true);
}

/** Has the shards take note of what one of the two wants to know, also when CONFIG SET changes that. */
export function watchThresholds(config: LiveConfig, ports: readonly ShardPort[]): void {
  const apply = () => {
    for (const port of ports) port.setSlowThreshold(lowestThreshold(config.current));
  };
  config.on('slowlog-log-slower-than', apply);
  config.on('latency-monitor-threshold', apply);
  apply();
}

/** In microseconds; -1: nobody wants to know of anything. */
function lowestThreshold({ slowlogLogSlowerThan, latencyMonitorThreshold }: Config): number {
  const thresholds: number[] = [];
  if (slowlogLogSlowerThan >= 0) thresholds.push(slowlogLogSlowerThan);
  if (latencyMonitorThreshold > 0) thresholds.push(latencyMonitorThreshold * 1000);
  return thresholds.length === 0 ? -1 : Math.min(MICROS_MAX, ...thresholds);
}
