import { effective } from '../option.js';
import { automaticShards } from '../shard-memory.js';
import { integer } from '../types/number.js';
import { oneOf, text } from '../types/text.js';

const MOST_SHARDS = 64;

export const SHARDING = {
  shards: effective(integer(1, MOST_SHARDS), {
    default: (machine): number => automaticShards(machine, MOST_SHARDS),
    defaultText: 'cores - 1',
    summary: 'worker threads, each of which owns a part of the keys',
    unit: 'n',
  }),
  databases: effective(integer(1, 64), {
    default: 16,
    summary: 'databases that SELECT can choose from',
    unit: 'n',
  }),
  dispatch: effective(oneOf('auto', 'direct', 'ring'), {
    default: 'auto',
    summary:
      'who executes cheap commands: the acceptor on an idle shard (direct), always the shard (ring), or as it fits',
  }),
  'hash-seed': effective(text(/^([0-9a-f]{32})?$/i, '32 hexadecimal digits', '<hex>'), {
    default: '',
    defaultText: 'random',
    summary: 'seed of the key hash, for runs that can be repeated',
  }),
  'restart-limit': effective(integer(0, 1000), {
    default: 10,
    summary: 'how often within a minute a crashed shard is restarted before the server gives up',
    unit: 'n',
  }),
};
