/** INFO replication: always a master, which nobody replicates from. Its history has the name of this run. */
import type { ServerParts } from '../context.js';
import type { Fields, Section } from './section.js';

function fields({ config, runId }: ServerParts): Fields {
  return {
    role: 'master',
    connected_slaves: 0,
    master_failover_state: 'no-failover',
    master_replid: runId,
    master_replid2: '0'.repeat(40),
    master_repl_offset: 0,
    second_repl_offset: -1,
    repl_backlog_active: 0,
    repl_backlog_size: config.current.replBacklogSize,
    repl_backlog_first_byte_offset: 0,
    repl_backlog_histlen: 0,
  };
}

export const REPLICATION: Section = { names: ['replication'], title: 'Replication', isDefault: true, fields };
