/** CLIENT: what a client says about itself, and how it wants to be treated. */
import { CONN_NO_TOUCH_FLAG, CONN_SINGLE } from '../../engine/layout/connection.js';
import { Failure, OK } from '../../message/value.js';
import { choice, integerOf, SYNTAX_ERROR, timeoutOf } from './arguments.js';
import { BAD_NAME, isPrintableName } from './connection.js';
import { type Answer, type CommandContext, type Handlers, NO_REPLY } from './context.js';

function getname({ client }: CommandContext): Answer {
  return client.name === '' ? null : client.name;
}

function setname({ client, words }: CommandContext): Answer {
  const [name = ''] = words;
  if (!isPrintableName(name)) return BAD_NAME;
  client.name = name;
  return OK;
}

function setinfo({ client, words }: CommandContext): Answer {
  const [attribute = '', value = ''] = words;
  const name = attribute.toLowerCase();
  if (name !== 'lib-name' && name !== 'lib-ver') return new Failure(`ERR Unrecognized option '${attribute}'`);
  if (!isPrintableName(value)) {
    return new Failure(`ERR ${attribute} cannot contain spaces, newlines or special characters.`);
  }
  if (name === 'lib-name') client.libraryName = value;
  else client.libraryVersion = value;
  return OK;
}

function noEvict({ client, words }: CommandContext): Answer {
  client.noEvict = choice(words[0], 'on', 'off');
  return OK;
}

function noTouch({ server, client, connection, words }: CommandContext): Answer {
  client.noTouch = choice(words[0], 'on', 'off');
  server.acceptor.records.setFlag(connection, CONN_NO_TOUCH_FLAG, client.noTouch);
  return OK;
}

/** CLIENT REPLY. While requests are skipped each one has to be framed alone, so that its reply can be told apart. */
function reply({ server, connection, words }: CommandContext): Answer {
  const mode = words[0]?.toLowerCase();
  const isOff = connection.muted && connection.skips === 0;
  if (mode === 'skip') {
    if (isOff) return NO_REPLY;
    // This request itself counts down what was there before it.
    connection.skips++;
    server.acceptor.records.setFlag(connection, CONN_SINGLE, true);
    return NO_REPLY;
  }
  if (mode !== 'on' && mode !== 'off') return SYNTAX_ERROR;
  connection.skips = 0;
  server.acceptor.records.setFlag(connection, CONN_SINGLE, connection.afterRequest !== undefined);
  connection.muted = mode === 'off';
  return mode === 'off' ? NO_REPLY : OK;
}

function pause({ server, words }: CommandContext): Answer {
  const mode = words[1]?.toLowerCase() ?? 'all';
  if (words.length > 2) return SYNTAX_ERROR;
  if (mode !== 'write' && mode !== 'all') return new Failure('ERR CLIENT PAUSE mode must be WRITE or ALL');
  server.pause.start(mode, timeoutOf(words[0]));
  return OK;
}

function unpause({ server }: CommandContext): Answer {
  server.pause.end();
  return OK;
}

function unblock({ server, words }: CommandContext): Answer {
  const how = words[1]?.toLowerCase() ?? 'timeout';
  if (how !== 'timeout' && how !== 'error') {
    return new Failure('ERR CLIENT UNBLOCK reason should be TIMEOUT or ERROR');
  }
  const target = server.clients.byId(integerOf(words[0]));
  return target !== undefined && server.blocked.unblock(target, how) ? 1 : 0;
}

export const CLIENT_HANDLERS: Handlers = {
  'client|id': ({ client }) => client.id,
  'client|getname': getname,
  'client|setname': setname,
  'client|setinfo': setinfo,
  'client|no-evict': noEvict,
  'client|no-touch': noTouch,
  'client|reply': reply,
  'client|pause': pause,
  'client|unpause': unpause,
  'client|unblock': unblock,
};
