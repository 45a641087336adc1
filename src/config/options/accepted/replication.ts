import { accepted } from '../../option.js';
import { hostAndPort } from '../../types/accepted.js';
import { INT_MAX, integer, LONG_MAX, memory } from '../../types/number.js';
import { boolean, oneOf, text } from '../../types/text.js';

/** Redis's replication from a master; ours is another. */
export const REPLICATION = {
  replicaof: accepted(hostAndPort(), '', {
    fixed: true,
    alias: 'slaveof',
    // A replica that is none would take writes of its own and serve them as its master's.
    refuse: (master) => (master === '' ? undefined : 'replication from a Redis master is not supported'),
  }),
  masteruser: accepted(text(), '', { secret: true }),
  masterauth: accepted(text(), '', { secret: true }),
  'replica-serve-stale-data': accepted(boolean(), true, { alias: 'slave-serve-stale-data' }),
  'replica-read-only': accepted(boolean(), true, { alias: 'slave-read-only' }),
  'replica-ignore-maxmemory': accepted(boolean(), true, { alias: 'slave-ignore-maxmemory' }),
  'replica-ignore-disk-write-errors': accepted(boolean(), false),
  'replica-lazy-flush': accepted(boolean(), false, { alias: 'slave-lazy-flush' }),
  'replica-priority': accepted(integer(0, INT_MAX), 100, { alias: 'slave-priority' }),
  'replica-announced': accepted(boolean(), true),
  'replica-announce-ip': accepted(text(), '', { alias: 'slave-announce-ip' }),
  'replica-announce-port': accepted(integer(0, 65535), 0, { alias: 'slave-announce-port' }),
  'repl-diskless-sync': accepted(boolean(), true),
  'repl-diskless-sync-delay': accepted(integer(0, INT_MAX), 5),
  'repl-diskless-sync-max-replicas': accepted(integer(0, INT_MAX), 0),
  'repl-diskless-load': accepted(oneOf('disabled', 'on-empty-db', 'swapdb'), 'disabled'),
  'repl-disable-tcp-nodelay': accepted(boolean(), false),
  'repl-ping-replica-period': accepted(integer(1, INT_MAX), 10, { alias: 'repl-ping-slave-period' }),
  'repl-timeout': accepted(integer(1, INT_MAX), 60),
  'repl-backlog-size': accepted(memory(1), 1024 ** 2),
  'repl-backlog-ttl': accepted(integer(0, LONG_MAX), 3600),
  'min-replicas-to-write': accepted(integer(0, INT_MAX), 0, { alias: 'min-slaves-to-write' }),
  'min-replicas-max-lag': accepted(integer(0, INT_MAX), 10, { alias: 'min-slaves-max-lag' }),
  'propagation-error-behavior': accepted(oneOf('ignore', 'panic', 'panic-on-replicas'), 'ignore'),
};
