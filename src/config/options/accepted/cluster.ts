import { accepted } from '../../option.js';
import { INT_MAX, integer, LONG_MAX, memory } from '../../types/number.js';
import { boolean, oneOf, text } from '../../types/text.js';

/** Redis Cluster. */
export const CLUSTER = {
  'cluster-enabled': accepted(boolean(), false, { fixed: true }),
  'cluster-config-file': accepted(text(), 'nodes.conf', { fixed: true }),
  'cluster-port': accepted(integer(0, 65535), 0, { fixed: true }),
  'cluster-node-timeout': accepted(integer(0, LONG_MAX), 15000),
  'cluster-ping-interval': accepted(integer(0, LONG_MAX), 0, { hidden: true }),
  'cluster-replica-validity-factor': accepted(integer(0, INT_MAX), 10, { alias: 'cluster-slave-validity-factor' }),
  'cluster-replica-no-failover': accepted(boolean(), false, { alias: 'cluster-slave-no-failover' }),
  'cluster-migration-barrier': accepted(integer(0, INT_MAX), 1),
  'cluster-allow-replica-migration': accepted(boolean(), true),
  'cluster-require-full-coverage': accepted(boolean(), true),
  'cluster-allow-reads-when-down': accepted(boolean(), false),
  'cluster-allow-pubsubshard-when-down': accepted(boolean(), true),
  'cluster-link-sendbuf-limit': accepted(memory(0), 0),
  'cluster-preferred-endpoint-type': accepted(oneOf('ip', 'hostname', 'unknown-endpoint'), 'ip'),
  'cluster-announce-ip': accepted(text(), ''),
  'cluster-announce-hostname': accepted(text(), ''),
  'cluster-announce-human-nodename': accepted(text(), ''),
  'cluster-announce-port': accepted(integer(0, 65535), 0),
  'cluster-announce-tls-port': accepted(integer(0, 65535), 0),
  'cluster-announce-bus-port': accepted(integer(0, 65535), 0),
};
