import { effective } from '../option.js';
import { keyspaceEvents } from '../types/keyspace-events.js';
import { integer, LONG_MAX } from '../types/number.js';
import { percentiles } from '../types/percentiles.js';
import { boolean } from '../types/text.js';

export const MONITORING = {
  'slowlog-log-slower-than': effective(integer(-1, LONG_MAX), {
    default: 10000,
    summary: 'execution time from which SLOWLOG keeps a command; -1: none',
    unit: 'microseconds',
    live: true,
  }),
  'slowlog-max-len': effective(integer(0, LONG_MAX), {
    default: 128,
    summary: 'commands that SLOWLOG keeps',
    unit: 'n',
    live: true,
  }),
  'latency-monitor-threshold': effective(integer(0, LONG_MAX), {
    default: 0,
    summary: 'duration from which LATENCY keeps an event; 0: none',
    unit: 'milliseconds',
    live: true,
  }),
  'notify-keyspace-events': effective(keyspaceEvents(), {
    default: '',
    summary: 'what of keys is published: K and E choose the channels, g $ x e m n, or A, the events',
    live: true,
  }),
  'latency-tracking': effective(boolean(), {
    default: true,
    summary: 'keep a histogram of latencies for every command',
    live: true,
  }),
  'latency-tracking-info-percentiles': effective(percentiles(), {
    default: [50, 99, 99.9],
    summary: 'percentiles that INFO latencystats shows',
    live: true,
  }),
};
