/** Which commands may come over HTTP: many clients share a connection there, which none of them may change or hold up. */
import type { Word } from '../../acceptor/local/request-writer.js';
import { commandByName, subcommandByName } from '../../commands/table.js';
import { Problem } from '../problem.js';

const OF_CONNECTIONS: ReadonlySet<string> = new Set([
  ...['auth', 'hello', 'select', 'quit', 'reset', 'asking', 'readonly', 'readwrite'],
  ...['multi', 'exec', 'discard', 'watch', 'unwatch', 'monitor', 'sync', 'psync', 'wait', 'waitaof'],
  ...['subscribe', 'unsubscribe', 'psubscribe', 'punsubscribe', 'ssubscribe', 'sunsubscribe'],
  ...[
    'client|reply',
    'client|setname',
    'client|setinfo',
    'client|tracking',
    'client|caching',
    'client|no-evict',
    'client|no-touch',
  ],
]);

/** What is not a write and yet changes something. */
const CHANGES: ReadonlySet<string> = new Set([
  ...['debug', 'config|set', 'config|rewrite', 'config|resetstat', 'client|kill', 'client|pause'],
  ...['client|unblock', 'client|unpause', 'slowlog|reset', 'latency|reset', 'publish', 'spublish', 'acl|setuser'],
  ...[
    'acl|deluser',
    'acl|load',
    'acl|save',
    'memory|purge',
    'swapdb',
    'failover',
    'replicaof',
    'slaveof',
    'save',
    'bgsave',
    'bgrewriteaof',
  ],
]);

/** Throws a Problem for a command that may not be run here. */
export function checkCommand(words: readonly Word[], mayWrite: boolean): void {
  const name = String(words[0]).toLowerCase();
  const container = commandByName(name);
  const sub =
    container === undefined || words.length < 2
      ? undefined
      : subcommandByName(container, String(words[1]).toLowerCase());
  const command = sub ?? container;
  const names = [name, ...(sub === undefined ? [] : [sub.name])];
  if (names.some((known) => OF_CONNECTIONS.has(known)) || command?.flags.has('blocking')) {
    throw new Problem(
      422,
      `${names.at(-1)?.replace('|', ' ')} is about a connection, and HTTP requests have none of their own`,
    );
  }
  // The server waits for open requests before it ends, and this one would have no answer before that.
  if (name === 'shutdown') throw new Problem(422, 'a server is not ended over HTTP');
  if (mayWrite || command === undefined) return;
  if (names.some((known) => CHANGES.has(known)) || command.flags.has('write')) {
    throw new Problem(403, `${names.at(-1)?.replace('|', ' ')} changes something, and only reading is allowed here`);
  }
}
