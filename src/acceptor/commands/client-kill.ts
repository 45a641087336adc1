/** CLIENT KILL: by address, as it was at first, or by any number of filters that a client must all meet. */
import { Failure, OK } from '../../message/value.js';
import type { Client } from '../client.js';
import { choice, integerOf, SYNTAX_ERROR } from './arguments.js';
import { clientType, typeOf } from './client-list.js';
import type { Answer, CommandContext, Handlers } from './context.js';

type Filter = (client: Client) => boolean;

const NO_ID = new Failure('ERR client-id should be greater than 0');
const NO_AGE = new Failure('ERR maxage is not an integer or out of range');

/** Filters by their names; each takes one argument, and throws a Failure where that is wrong. */
const FILTERS: Readonly<Record<string, (word: string, context: CommandContext) => Filter>> = {
  id: (word) => {
    const id = integerOf(word, NO_ID, 1);
    return (client) => client.id === id;
  },
  addr: (word) => (client) => client.address === word,
  laddr: (word) => (client) => client.localAddress === word,
  type: (word) => {
    const type = clientType(word);
    return (client) => typeOf(client) === type;
  },
  user: (word) => {
    if (word !== 'default') throw new Failure(`ERR No such user '${word}'`);
    return (client) => client.user === word;
  },
  skipme: (word, context) => {
    const skips = choice(word, 'yes', 'no');
    return (client) => !skips || client !== context.client;
  },
  maxage: (word, { server }) => {
    const seconds = integerOf(word, NO_AGE);
    if (seconds <= 0) throw new Failure('ERR maxage should be greater than 0');
    return (client) => server.now() - client.since >= seconds * 1000;
  },
};

function readFilters(context: CommandContext): readonly Filter[] {
  const { words } = context;
  const filters: Filter[] = [];
  let choosesSelf = false;
  for (let i = 0; i < words.length; i += 2) {
    const name = (words[i] as string).toLowerCase();
    const value = words[i + 1];
    const filter = FILTERS[name];
    if (filter === undefined || value === undefined) throw SYNTAX_ERROR;
    choosesSelf ||= name === 'skipme';
    filters.push(filter(value, context));
  }
  return choosesSelf ? filters : [...filters, (client) => client !== context.client];
}

function killAll({ server, client: self, connection }: CommandContext, filters: readonly Filter[]): number {
  const victims = [...server.clients].filter((client) => filters.every((meets) => meets(client)));
  for (const client of victims) {
    server.log.verbose('a client was killed', { id: client.id, address: client.address, by: self.id });
    if (client !== self) {
      server.clients.close(client);
      server.acceptor.close(client.connection);
    } else {
      self.isEnding = true;
      connection.endAfterReply();
    }
  }
  return victims.length;
}

function kill(context: CommandContext): Answer {
  const { words } = context;
  if (words.length > 1) return killAll(context, readFilters(context));
  const killed = killAll(context, [(client) => client.address === words[0]]);
  return killed === 0 ? new Failure('ERR No such client') : OK;
}

export const CLIENT_KILL_HANDLERS: Handlers = { 'client|kill': kill };
