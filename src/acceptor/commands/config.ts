/** CONFIG: reads and changes options while the server runs. */
import { ConfigError } from '../../config/index.js';
import { Failure, OK } from '../../message/value.js';
import { SYNTAX_ERROR } from './arguments.js';
import type { Answer, CommandContext, Handlers } from './context.js';

function get({ server, words }: CommandContext): Answer {
  return new Map(server.config.get(words));
}

function set({ server, client, words }: CommandContext): Answer {
  if (words.length % 2 !== 0) return SYNTAX_ERROR;
  const pairs: [string, string][] = [];
  for (let i = 0; i < words.length; i += 2) pairs.push([words[i] as string, words[i + 1] as string]);
  return orRefusal(() => server.config.set(pairs, { local: client.isLocal }));
}

/** What was counted is forgotten; the slow log, the latency monitor and the memory's peak are not, as in Redis. */
function resetstat({ server }: CommandContext): Answer {
  server.stats.reset();
  server.counters.reset();
  server.sampler.reset();
  return OK;
}

function rewrite({ server }: CommandContext): Answer {
  const answer = orRefusal(() => server.config.rewrite());
  if (answer === OK) server.log.notice('CONFIG REWRITE executed with success.');
  else server.log.warning('CONFIG REWRITE failed');
  return answer;
}

/** OK, or the error that tells why not. */
function orRefusal(change: () => void): Answer {
  try {
    change();
    return OK;
  } catch (error) {
    if (error instanceof ConfigError) return new Failure(`ERR ${error.message}`);
    throw error;
  }
}

export const CONFIG_HANDLERS: Handlers = {
  'config|get': get,
  'config|set': set,
  'config|resetstat': resetstat,
  'config|rewrite': rewrite,
};
