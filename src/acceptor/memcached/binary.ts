/** Requests of memcached's binary protocol that are no business of the engine's. */
import { MC_BITS, MC_OPAQUE, MC_OPCODE, MC_QUIET, MC_TIME } from '../../engine/layout/memcached.js';
import {
  BINARY_FLUSH,
  BINARY_FLUSHQ,
  BINARY_HEADER,
  BINARY_REPLY,
  BINARY_SASL_AUTH,
  BINARY_SASL_LIST,
  BINARY_SASL_STEP,
  BINARY_STAT,
  STATUS_AUTH,
  STATUS_NOT_FOUND,
  STATUS_OK,
} from '../../engine/layout/memcached-binary.js';
import type { LocalReply } from '../acceptor.js';
import type { Connection } from '../connection.js';
import { logIn, readPlain } from './login.js';
import { type MemcachedParts, pauseIsOver } from './parts.js';
import { statsOf } from './stats/index.js';

const MECHANISM = 'PLAIN';
const NOTHING = Buffer.alloc(0);

interface BinaryRequest {
  readonly opcode: number;
  readonly opaque: number;
  readonly quiet: boolean;
  readonly time: number;
  readonly key: string;
  readonly value: Uint8Array;
}

function readRequest([key = NOTHING, options = NOTHING, value = NOTHING]: readonly Uint8Array[]): BinaryRequest {
  const view = new DataView(options.buffer, options.byteOffset, options.byteLength);
  return {
    opcode: view.getUint32(MC_OPCODE, true),
    opaque: view.getUint32(MC_OPAQUE, true),
    quiet: (view.getUint32(MC_BITS, true) & MC_QUIET) !== 0,
    time: view.getInt32(MC_TIME, true),
    key: Buffer.from(key).toString('latin1'),
    value,
  };
}

function reply({ opcode, opaque }: BinaryRequest, status: number, value: Uint8Array = NOTHING, key = ''): Buffer {
  const head = Buffer.alloc(BINARY_HEADER);
  head[0] = BINARY_REPLY;
  head[1] = opcode;
  head.writeUInt16BE(key.length, 2);
  head.writeUInt16BE(status, 6);
  head.writeUInt32BE(key.length + value.byteLength, 8);
  // As the client sent it, whatever that means to it.
  head.writeUInt32LE(opaque, 12);
  return Buffer.concat([head, Buffer.from(key, 'latin1'), value]);
}

export function binaryCommand(
  parts: MemcachedParts,
  connection: Connection,
  args: readonly Uint8Array[],
): LocalReply | Promise<LocalReply> {
  const request = readRequest(args);
  switch (request.opcode) {
    case BINARY_FLUSH:
    case BINARY_FLUSHQ:
      return flush(parts, connection, request);
    case BINARY_STAT:
      return [stat(parts, request)];
    case BINARY_SASL_LIST:
      return [reply(request, STATUS_OK, Buffer.from(MECHANISM))];
    case BINARY_SASL_AUTH:
    case BINARY_SASL_STEP:
      return [authenticate(parts, connection, request)];
    default:
      // QUIT and QUITQ: nothing else comes here.
      connection.endAfterReply();
      return request.quiet ? [] : [reply(request, STATUS_OK)];
  }
}

async function flush(parts: MemcachedParts, connection: Connection, request: BinaryRequest): Promise<LocalReply> {
  if (!(await pauseIsOver(parts, connection))) return [];
  await parts.flusher.flush(request.time);
  return request.quiet ? [] : [reply(request, STATUS_OK)];
}

/** A reply for each figure, and one without a name at the end. */
function stat(parts: MemcachedParts, request: BinaryRequest): Buffer {
  if (request.key === 'reset') {
    parts.baseline.reset();
    return reply(request, STATUS_OK);
  }
  // `detail on` and its like: nothing is counted by prefixes.
  const figures = statsOf(parts, request.key.split(' ')[0] as string);
  if (figures === undefined) return reply(request, STATUS_NOT_FOUND, Buffer.from('Not found'));
  const replies = figures.map(([name, value]) => reply(request, STATUS_OK, Buffer.from(String(value)), name));
  return Buffer.concat([...replies, reply(request, STATUS_OK)]);
}

/** SASL PLAIN, in one step. */
function authenticate(parts: MemcachedParts, connection: Connection, request: BinaryRequest): Buffer {
  const given = request.key === MECHANISM ? readPlain(request.value) : undefined;
  const isIn = given !== undefined && logIn(parts.server, connection, given.user, given.password);
  return isIn
    ? reply(request, STATUS_OK, Buffer.from('Authenticated'))
    : reply(request, STATUS_AUTH, Buffer.from('Auth failure.'));
}
