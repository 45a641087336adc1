/**
 * INFO memory. `used_memory` is what data takes, in all shards; the process is larger by what Node itself needs, which
 * counts as overhead of the resident set. The allocator is the engine's: what it has handed out, the pages that this
 * lies in, and the pages that it has ever touched.
 */
import { totalmem } from 'node:os';
import { humanBytes } from '../../../base/human-bytes.js';
import type { ServerParts } from '../context.js';
import { type MemoryFigures, memoryFigures, sumOfShards } from '../memory-figures.js';
import type { Fields, Section } from './section.js';
import { percentage, ratio } from './units.js';

function fields(server: ServerParts): Fields {
  const { config, counters } = server;
  const memory = memoryFigures(server);
  const { used, peak, resident, clients } = memory;
  const system = totalmem();
  const { maxmemory, maxmemoryPolicy } = config.current;
  return {
    used_memory: used,
    used_memory_human: humanBytes(used),
    used_memory_rss: resident,
    used_memory_rss_human: humanBytes(resident),
    used_memory_peak: peak,
    used_memory_peak_human: humanBytes(peak),
    used_memory_peak_perc: percentage(used, peak),
    used_memory_overhead: clients,
    used_memory_startup: 0,
    used_memory_dataset: used,
    used_memory_dataset_perc: percentage(used, used),
    total_system_memory: system,
    total_system_memory_human: humanBytes(system),
    used_memory_lua: 0,
    used_memory_vm_eval: 0,
    used_memory_lua_human: humanBytes(0),
    used_memory_scripts_eval: 0,
    number_of_cached_scripts: 0,
    number_of_functions: 0,
    number_of_libraries: 0,
    used_memory_vm_functions: 0,
    used_memory_vm_total: 0,
    used_memory_vm_total_human: humanBytes(0),
    used_memory_functions: 0,
    used_memory_scripts: 0,
    used_memory_scripts_human: humanBytes(0),
    maxmemory,
    maxmemory_human: humanBytes(maxmemory),
    maxmemory_policy: maxmemoryPolicy,
    ...allocatorFields(memory),
    mem_fragmentation_ratio: ratio(resident, used),
    mem_fragmentation_bytes: resident - used,
    mem_not_counted_for_evict: 0,
    mem_replication_backlog: 0,
    mem_total_replication_buffers: 0,
    mem_clients_slaves: 0,
    mem_clients_normal: clients,
    mem_cluster_links: 0,
    mem_aof_buffer: 0,
    mem_allocator: 'ringshard',
    active_defrag_running: 0,
    lazyfree_pending_objects: sumOfShards(server, (exports) => exports.garbageKeys()),
    lazyfreed_objects: counters.totals().lazyFreed,
  };
}

function allocatorFields({ used, pages: active, touched, resident }: MemoryFigures): Fields {
  return {
    allocator_allocated: used,
    allocator_active: active,
    allocator_resident: touched,
    allocator_frag_ratio: ratio(active, used),
    allocator_frag_bytes: active - used,
    allocator_rss_ratio: ratio(touched, active),
    allocator_rss_bytes: touched - active,
    rss_overhead_ratio: ratio(resident, touched),
    rss_overhead_bytes: resident - touched,
  };
}

export const MEMORY: Section = { names: ['memory'], title: 'Memory', isDefault: true, fields };
