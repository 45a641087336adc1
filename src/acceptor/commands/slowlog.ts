/** SLOWLOG: what the slow log holds. */
import { Failure, OK } from '../../message/value.js';
import type { SlowEntry } from '../slow-log.js';
import { integerOf, wrongArguments } from './arguments.js';
import type { Answer, CommandContext, Handlers } from './context.js';

/** Entries that GET returns when it is not told how many. */
const DEFAULT_COUNT = 10;
const BAD_COUNT = new Failure('ERR count should be greater than or equal to -1');

function get({ server, words }: CommandContext): Answer {
  if (words.length > 1) return wrongArguments('slowlog', 'get');
  const count = words.length === 0 ? DEFAULT_COUNT : integerOf(words[0], BAD_COUNT, -1);
  return server.slowLog.newest(count < 0 ? server.slowLog.length : count).map(entryReply);
}

function entryReply({ id, at, micros, words, address, name }: SlowEntry) {
  return [id, at, Math.floor(micros), words, address, name];
}

function reset({ server }: CommandContext): Answer {
  server.slowLog.clear();
  return OK;
}

export const SLOWLOG_HANDLERS: Handlers = {
  'slowlog|get': get,
  'slowlog|len': ({ server }) => server.slowLog.length,
  'slowlog|reset': reset,
};
