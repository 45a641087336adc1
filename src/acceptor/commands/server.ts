/** TIME, LASTSAVE, ROLE, WAIT, SHUTDOWN. */
import { performance } from 'node:perf_hooks';
import { Failure } from '../../message/value.js';
import { integerOf, SYNTAX_ERROR, timeoutOf } from './arguments.js';
import { type Answer, type CommandContext, type Handlers, NO_REPLY } from './context.js';

/** The finer clock goes on when the system's clock is set; from this difference on it is not used, in milliseconds. */
const CLOCKS_DIFFER = 2;

/** Seconds since 1970, and microseconds since then. */
function time({ server }: CommandContext): Answer {
  const now = server.now();
  const fine = performance.timeOrigin + performance.now();
  const micros = Math.floor((Math.abs(fine - now) < CLOCKS_DIFFER ? fine : now) * 1000);
  return [String(Math.floor(micros / 1e6)), String(micros % 1e6)];
}

/** Nothing is ever saved; Redis tells of its start until it has saved. */
function lastsave({ server }: CommandContext): Answer {
  return Math.floor(server.since / 1000);
}

/** There are no replicas: whoever waits for some waits until the time is up, or until CLIENT UNBLOCK. */
function wait(context: CommandContext): Answer | Promise<Answer> {
  const { server, client, words } = context;
  const replicas = integerOf(words[0]);
  const timeout = timeoutOf(words[1]);
  if (replicas <= 0) return 0;
  const since = performance.now();
  return server.blocked.wait(client, 'wait', timeout).then((end) => {
    context.waited = performance.now() - since;
    if (end === 'closed') return NO_REPLY;
    return end === 'error' ? new Failure('UNBLOCKED client unblocked via CLIENT UNBLOCK') : 0;
  });
}

const SHUTDOWN_OPTIONS = new Set(['save', 'nosave', 'now', 'force', 'abort']);

/** There is nothing to save, and no replica to wait for: the options only have to make sense. */
function shutdown({ server, words }: CommandContext): Answer {
  const options = new Set(words.map((word) => word.toLowerCase()));
  for (const option of options) if (!SHUTDOWN_OPTIONS.has(option)) return SYNTAX_ERROR;
  const aborts = options.has('abort');
  if ((aborts && options.size > 1) || (options.has('save') && options.has('nosave'))) return SYNTAX_ERROR;
  if (aborts) return new Failure('ERR No shutdown in progress.');
  server.log.warning('a client has asked for shutdown');
  server.shutDown();
  return NO_REPLY;
}

export const SERVER_HANDLERS: Handlers = {
  time,
  lastsave,
  role: () => ['master', 0, []],
  wait,
  shutdown,
};
