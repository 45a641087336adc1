/** SELECT, AUTH, HELLO, QUIT, RESET. */
import { PROTOCOL_RESP2, PROTOCOL_RESP3 } from '../../engine/layout/batch.js';
import { CONN_AUTHENTICATED, CONN_NO_TOUCH_FLAG } from '../../engine/layout/connection.js';
import { Failure, OK, Status, type Value } from '../../message/value.js';
import { REDIS_VERSION } from '../../version.js';
import { integerOf, readInteger } from './arguments.js';
import { endTracking } from './client-tracking.js';
import type { Answer, CommandContext, Handlers } from './context.js';
import { endSubscriptions, updateSubscriber } from './pubsub.js';
import { sameSecret } from './secret.js';

const WRONG_PASSWORD = new Failure('WRONGPASS invalid username-password pair or user is disabled.');

function select({ server, connection, words }: CommandContext): Answer {
  const [word = ''] = words;
  const database = integerOf(word);
  if (database < 0 || database >= server.config.current.databases) return new Failure('ERR DB index is out of range');
  server.acceptor.records.setDatabase(connection, database);
  return OK;
}

function auth(context: CommandContext): Answer {
  const { words } = context;
  if (words.length > 2) return new Failure('ERR syntax error');
  if (words.length === 1 && context.server.config.current.requirepass === '') {
    return new Failure(
      'ERR AUTH <password> called without any password configured for the default user. ' +
        'Are you sure your configuration is correct?',
    );
  }
  const [user, password] = words.length === 1 ? ['default', words[0]] : words;
  return logIn(context, user as string, password as string) ?? OK;
}

/** The failure, if it is one. */
function logIn({ server, connection, client }: CommandContext, user: string, password: string): Failure | undefined {
  const { requirepass } = server.config.current;
  // Without a password the default user is let in with any, as in Redis.
  if (user !== 'default' || (requirepass !== '' && !sameSecret(password, requirepass))) return WRONG_PASSWORD;
  server.acceptor.records.setFlag(connection, CONN_AUTHENTICATED, true);
  client.user = user;
  return undefined;
}

/** A client's name must not break the lines of CLIENT LIST. */
export function isPrintableName(name: string): boolean {
  return /^[!-~]*$/.test(name);
}

export const BAD_NAME = new Failure('ERR Client names cannot contain spaces, newlines or special characters.');

interface HelloOptions {
  user?: string;
  password?: string;
  name?: string;
}

function readHello(words: readonly string[]): HelloOptions | Failure {
  const options: HelloOptions = {};
  for (let i = 1; i < words.length; i++) {
    const word = words[i]?.toLowerCase();
    if (word === 'auth' && i + 2 < words.length) {
      options.user = words[++i] as string;
      options.password = words[++i] as string;
    } else if (word === 'setname' && i + 1 < words.length) {
      options.name = words[++i] as string;
      if (!isPrintableName(options.name)) return BAD_NAME;
    } else {
      return new Failure(`ERR Syntax error in HELLO option '${words[i]}'`);
    }
  }
  return options;
}

function hello(context: CommandContext): Answer {
  const { server, connection, client, words } = context;
  const { acceptor } = server;
  const [version] = words;
  if (version !== undefined && readInteger(version) === undefined) {
    return new Failure('ERR Protocol version is not an integer or out of range');
  }
  if (version !== undefined && version !== '2' && version !== '3') {
    return new Failure('NOPROTO unsupported protocol version');
  }
  const options = readHello(words);
  if (options instanceof Failure) return options;
  if (options.user !== undefined) {
    const failure = logIn(context, options.user, options.password as string);
    if (failure !== undefined) return failure;
  }
  if ((acceptor.records.flags(connection) & CONN_AUTHENTICATED) === 0) {
    return new Failure(
      'NOAUTH HELLO must be called with the client already authenticated, otherwise the HELLO <proto> AUTH <user> ' +
        '<pass> option can be used to authenticate the client and select the RESP protocol version at the same time',
    );
  }
  if (options.name !== undefined) client.name = options.name;
  if (version !== undefined) {
    acceptor.records.setProtocol(connection, version === '3' ? PROTOCOL_RESP3 : PROTOCOL_RESP2);
    updateSubscriber(server, client);
  }
  return new Map<Value, Value>([
    ['server', 'redis'],
    ['version', REDIS_VERSION],
    ['proto', acceptor.records.protocol(connection)],
    ['id', client.id],
    ['mode', 'standalone'],
    ['role', 'master'],
    ['modules', []],
  ]);
}

function quit({ server, client, connection }: CommandContext): Answer {
  endSubscriptions(server, client);
  connection.endAfterReply();
  return OK;
}

function reset({ server, connection, client }: CommandContext): Answer {
  const { acceptor, config } = server;
  endSubscriptions(server, client);
  endTracking(server, client);
  acceptor.records.setDatabase(connection, 0);
  acceptor.records.setProtocol(connection, PROTOCOL_RESP2);
  acceptor.records.setFlag(connection, CONN_AUTHENTICATED, config.current.requirepass === '');
  acceptor.records.setFlag(connection, CONN_NO_TOUCH_FLAG, false);
  connection.muted = false;
  client.name = '';
  client.user = 'default';
  client.noEvict = false;
  client.noTouch = false;
  return new Status('RESET');
}

export const CONNECTION_HANDLERS: Handlers = { select, auth, hello, quit, reset };
