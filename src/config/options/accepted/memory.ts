import { accepted } from '../../option.js';
import {
  INT_MAX,
  INT_MIN,
  integer,
  LONG_MAX,
  type MemoryOrPercent,
  memory,
  memoryOrPercent,
} from '../../types/number.js';
import { boolean } from '../../types/text.js';

const MIB = 1024 ** 2;
const NO_LIMIT: MemoryOrPercent = { bytes: 0 };

/** How Redis encodes values, frees, defragments and evicts. */
export const ENCODING = {
  'hash-max-listpack-entries': accepted(integer(0, LONG_MAX), 512, { alias: 'hash-max-ziplist-entries' }),
  'hash-max-listpack-value': accepted(memory(0), 64, { alias: 'hash-max-ziplist-value' }),
  'list-max-listpack-size': accepted(integer(INT_MIN, INT_MAX), -2, { alias: 'list-max-ziplist-size' }),
  'list-compress-depth': accepted(integer(0, INT_MAX), 0),
  'set-max-intset-entries': accepted(integer(0, LONG_MAX), 512),
  'set-max-listpack-entries': accepted(integer(0, LONG_MAX), 128),
  'set-max-listpack-value': accepted(memory(0), 64),
  'zset-max-listpack-entries': accepted(integer(0, LONG_MAX), 128, { alias: 'zset-max-ziplist-entries' }),
  'zset-max-listpack-value': accepted(memory(0), 64, { alias: 'zset-max-ziplist-value' }),
  'hll-sparse-max-bytes': accepted(memory(0), 3000),
  'stream-node-max-bytes': accepted(memory(0), 4096),
  'stream-node-max-entries': accepted(integer(0, LONG_MAX), 100),
  'maxmemory-samples': accepted(integer(1, INT_MAX), 5),
  'maxmemory-eviction-tenacity': accepted(integer(0, 100), 10),
  'maxmemory-clients': accepted(memoryOrPercent(), NO_LIMIT),
  'lfu-log-factor': accepted(integer(0, INT_MAX), 10),
  'lfu-decay-time': accepted(integer(0, INT_MAX), 1),
  'lazyfree-lazy-eviction': accepted(boolean(), false),
  'lazyfree-lazy-expire': accepted(boolean(), false),
  'lazyfree-lazy-server-del': accepted(boolean(), false),
  'lazyfree-lazy-user-del': accepted(boolean(), false),
  'lazyfree-lazy-user-flush': accepted(boolean(), false),
  'active-expire-effort': accepted(integer(1, 10), 1),
  activerehashing: accepted(boolean(), true),
  activedefrag: accepted(boolean(), false, {
    // A file may say so in vain; whoever asks at run time can be told, as Redis does where it can't either.
    refuse: (on, when) =>
      on && when === 'live' ? 'Active defragmentation cannot be enabled: there is none in this server' : undefined,
  }),
  'active-defrag-ignore-bytes': accepted(memory(1), 100 * MIB),
  'active-defrag-threshold-lower': accepted(integer(0, 1000), 10),
  'active-defrag-threshold-upper': accepted(integer(0, 1000), 100),
  'active-defrag-cycle-min': accepted(integer(1, 99), 1),
  'active-defrag-cycle-max': accepted(integer(1, 99), 25),
  'active-defrag-max-scan-fields': accepted(integer(1, LONG_MAX), 1000),
  'jemalloc-bg-thread': accepted(boolean(), true),
};
