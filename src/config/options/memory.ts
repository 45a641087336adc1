import { effective } from '../option.js';
import { automaticMaxmemory } from '../shard-memory.js';
import { memory } from '../types/number.js';
import { oneOf } from '../types/text.js';

export const MEMORY = {
  maxmemory: effective(memory(0), {
    default: automaticMaxmemory,
    defaultText: '0: half of the memory, within what the shards can hold',
    summary: 'memory for keys and values, of all shards together',
    live: true,
    auto: 0,
  }),
  'maxmemory-policy': effective(
    oneOf(
      'volatile-lru',
      'volatile-lfu',
      'volatile-random',
      'volatile-ttl',
      'allkeys-lru',
      'allkeys-lfu',
      'allkeys-random',
      'noeviction',
    ),
    {
      default: 'noeviction',
      summary:
        'what goes when memory is full: noeviction, allkeys-lru, allkeys-lfu, allkeys-random, volatile-lru, ' +
        'volatile-lfu, volatile-random, volatile-ttl',
      live: true,
    },
  ),
};
