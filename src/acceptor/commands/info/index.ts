/** INFO. */
import { Verbatim } from '../../../message/value.js';
import type { Answer, CommandContext, Handlers } from '../context.js';
import { CLIENTS } from './clients.js';
import { CLUSTER } from './cluster.js';
import { COMMANDSTATS } from './commandstats.js';
import { CPU } from './cpu.js';
import { ERRORSTATS } from './errorstats.js';
import { KEYSPACE } from './keyspace.js';
import { LATENCYSTATS } from './latencystats.js';
import { MEMORY } from './memory.js';
import { MODULES } from './modules.js';
import { PERSISTENCE } from './persistence.js';
import { REPLICATION } from './replication.js';
import { RINGSHARD } from './ringshard.js';
import { renderSections, type Section, selectSections } from './section.js';
import { SERVER } from './server.js';
import { STATS } from './stats.js';

/** In the order in which Redis shows them. */
export const SECTIONS: readonly Section[] = [
  SERVER,
  CLIENTS,
  MEMORY,
  PERSISTENCE,
  STATS,
  REPLICATION,
  CPU,
  MODULES,
  COMMANDSTATS,
  ERRORSTATS,
  LATENCYSTATS,
  CLUSTER,
  KEYSPACE,
  RINGSHARD,
];

function info({ server, words }: CommandContext): Answer {
  const sections = selectSections(words, SECTIONS);
  return new Verbatim(renderSections(sections.map(({ title, fields }) => ({ title, fields: fields(server) }))));
}

export const INFO_HANDLERS: Handlers = { info };
