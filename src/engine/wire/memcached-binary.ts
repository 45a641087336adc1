/** Heads of binary requests (layout/memcached-binary.ts): each becomes a frame, which a value may have to be added to. */
import {
  MC_BINARY_DELETE, MC_BINARY_DELTA, MC_BINARY_GAT, MC_BINARY_GET, MC_BINARY_LOCAL, MC_BINARY_REFUSED, MC_BINARY_STATUS,
  MC_BINARY_STORE,
} from "../generated/commands";
import {
  CONN_ARGC, CONN_ARGS_LEFT, CONN_AUTHENTICATED, CONN_BITS, CONN_COMMAND, CONN_FLAGS, FRAMED_BROKEN,
} from "../layout/connection";
import {
  MC_BINARY_OPTIONS, MC_BITS, MC_CAS, MC_DELTA, MC_DOWN, MC_FLAGS, MC_INITIAL, MC_KEY_MAX, MC_MAKE, MC_MODE, MC_OPAQUE,
  MC_OPCODE, MC_QUIET, MC_TIME, MC_TOUCH, MC_WITH_KEY, MC_WITH_VALUE, MODE_ADD, MODE_APPEND, MODE_CAS, MODE_PREPEND,
  MODE_REPLACE, MODE_SET,
} from "../layout/memcached";
import * as B from "../layout/memcached-binary";
import { addOptions, beginKeyed, routeMemcached } from "./memcached-frame";
import { CLOSING, FRAMED_VALUE, isTooLarge, setValueLength, swallow } from "./memcached-text";
import { beginRequest } from "./request";

/** More must come before a head can be understood. */
export const BINARY_UNFINISHED: u32 = 102;
/** Name and password are not longer. */
const SASL_MAX: u32 = 1024;
const NOT_MADE: u32 = 0xffffffff;

/** Where the head, with extras and key, ends. */
export let headEnd: usize = 0;

// The head that is being read.
let head: usize = 0;
let opcode: u32 = 0;
let extras: u32 = 0;
let keyBytes: u32 = 0;
let body: u32 = 0;

@inline
function big32(at: usize): u32 {
  return bswap<u32>(load<u32>(at));
}

@inline
function keyAt(): usize {
  return head + B.BINARY_HEADER + extras;
}

/** Frames the head at `at`. Returns FRAMED_..., or BINARY_UNFINISHED. */
export function binaryHead(connection: usize, at: usize, end: usize): u32 {
  if (end - at < B.BINARY_HEADER) return BINARY_UNFINISHED;
  head = at;
  headEnd = end;
  if (load<u8>(at) != B.BINARY_REQUEST) return FRAMED_BROKEN;
  opcode = load<u8>(at, 1);
  keyBytes = bswap<u16>(load<u16>(at, 2));
  extras = load<u8>(at, 4);
  body = big32(at + 8);
  if (keyBytes + extras > body) return refuseAndClose(connection, B.STATUS_UNKNOWN);
  if (keyBytes > MC_KEY_MAX) return refuseAndClose(connection, B.STATUS_INVALID);
  if (!isAllowed(connection)) return refuseAndClose(connection, B.STATUS_AUTH);
  const size = B.BINARY_HEADER + extras + keyBytes;
  if (end - at < size) return BINARY_UNFINISHED;
  headEnd = at + size;
  return isRequest() ? frameRequest(connection) : refuseAndClose(connection, B.STATUS_INVALID);
}

function isAllowed(connection: usize): bool {
  if ((load<u8>(connection, CONN_FLAGS) & CONN_AUTHENTICATED) != 0) return true;
  return (opcode >= B.BINARY_SASL_LIST && opcode <= B.BINARY_SASL_STEP) || opcode == B.BINARY_VERSION;
}

/** The opcode without its Q. */
function loud(): u32 {
  if (opcode == B.BINARY_GETQ) return B.BINARY_GET;
  if (opcode == B.BINARY_GETKQ) return B.BINARY_GETK;
  if (opcode == B.BINARY_GATQ) return B.BINARY_GAT;
  if (opcode == B.BINARY_GATKQ) return B.BINARY_GATK;
  if (opcode >= B.BINARY_SETQ && opcode <= B.BINARY_FLUSHQ) return opcode - B.BINARY_SETQ + B.BINARY_SET;
  if (opcode > B.BINARY_FLUSHQ && opcode <= B.BINARY_PREPENDQ) return opcode - B.BINARY_PREPENDQ + B.BINARY_PREPEND;
  return opcode;
}

/** Whether extras, key and value are as the opcode wants them. */
function isRequest(): bool {
  const bare = extras == 0 && body == 0;
  switch (loud()) {
    case B.BINARY_GET:
    case B.BINARY_GETK:
    case B.BINARY_DELETE: return extras == 0 && keyBytes != 0 && body == keyBytes;
    case B.BINARY_SET:
    case B.BINARY_ADD:
    case B.BINARY_REPLACE: return extras == 8 && keyBytes != 0;
    case B.BINARY_APPEND:
    case B.BINARY_PREPEND: return extras == 0 && keyBytes != 0;
    case B.BINARY_INCREMENT:
    case B.BINARY_DECREMENT: return extras == 20 && keyBytes != 0 && body == keyBytes + 20;
    case B.BINARY_TOUCH:
    case B.BINARY_GAT:
    case B.BINARY_GATK: return extras == 4 && keyBytes != 0 && body == keyBytes + 4;
    case B.BINARY_FLUSH: return keyBytes == 0 && body == extras && (extras == 0 || extras == 4);
    case B.BINARY_STAT: return extras == 0 && body == keyBytes;
    case B.BINARY_SASL_AUTH:
    case B.BINARY_SASL_STEP: return extras == 0 && keyBytes != 0 && body - keyBytes <= SASL_MAX;
    case B.BINARY_NOOP:
    case B.BINARY_VERSION:
    case B.BINARY_QUIT:
    case B.BINARY_SASL_LIST: return bare;
    default: return true;
  }
}

function frameRequest(connection: usize): u32 {
  const code = loud();
  const quiet: u32 = code != opcode ? MC_QUIET : 0;
  switch (code) {
    case B.BINARY_GET: return frameGet(connection, MC_BINARY_GET, quiet | MC_WITH_VALUE);
    case B.BINARY_GETK: return frameGet(connection, MC_BINARY_GET, quiet | MC_WITH_VALUE | MC_WITH_KEY);
    case B.BINARY_TOUCH: return frameGet(connection, MC_BINARY_GAT, quiet | MC_TOUCH);
    case B.BINARY_GAT: return frameGet(connection, MC_BINARY_GAT, quiet | MC_TOUCH | MC_WITH_VALUE);
    case B.BINARY_GATK: return frameGet(connection, MC_BINARY_GAT, quiet | MC_TOUCH | MC_WITH_VALUE | MC_WITH_KEY);
    case B.BINARY_SET: return frameStore(connection, MODE_SET, quiet);
    case B.BINARY_ADD: return frameStore(connection, MODE_ADD, quiet);
    case B.BINARY_REPLACE: return frameStore(connection, MODE_REPLACE, quiet);
    case B.BINARY_APPEND: return frameStore(connection, MODE_APPEND, quiet);
    case B.BINARY_PREPEND: return frameStore(connection, MODE_PREPEND, quiet);
    case B.BINARY_DELETE: {
      begin(connection, MC_BINARY_DELETE, quiet);
      return routeMemcached(connection);
    }
    case B.BINARY_INCREMENT: return frameDelta(connection, quiet);
    case B.BINARY_DECREMENT: return frameDelta(connection, quiet | MC_DOWN);
    case B.BINARY_NOOP: return reply(connection, B.STATUS_OK);
    case B.BINARY_VERSION: return reply(connection, B.STATUS_OK);
    case B.BINARY_QUIT:
    case B.BINARY_FLUSH:
    case B.BINARY_STAT:
    case B.BINARY_SASL_LIST: {
      const options = begin(connection, MC_BINARY_LOCAL, quiet);
      if (extras == 4) store<u32>(options, big32(head + B.BINARY_HEADER), MC_TIME);
      return routeMemcached(connection);
    }
    case B.BINARY_SASL_AUTH:
    case B.BINARY_SASL_STEP: {
      begin(connection, MC_BINARY_LOCAL, 0);
      return value(connection);
    }
    default: {
      swallow(connection, body - extras - keyBytes);
      return reply(connection, B.STATUS_UNKNOWN);
    }
  }
}

/** Begins a frame for the key, and fills in what every binary request has; returns the options. */
function begin(connection: usize, command: u32, bits: u32): usize {
  beginKeyed(connection, command, keyAt(), keyBytes);
  const options = addOptions(connection, MC_BINARY_OPTIONS);
  fill(options, bits);
  return options;
}

function fill(options: usize, bits: u32): void {
  store<u32>(options, bits, MC_BITS);
  store<u64>(options, bswap<u64>(load<u64>(head, 16)), MC_CAS);
  store<u32>(options, load<u32>(head, 12), MC_OPAQUE);
  store<u32>(options, opcode, MC_OPCODE);
}

function frameGet(connection: usize, command: u32, bits: u32): u32 {
  const options = begin(connection, command, bits);
  if (extras != 0) store<u32>(options, big32(head + B.BINARY_HEADER), MC_TIME);
  return routeMemcached(connection);
}

function frameStore(connection: usize, mode: u32, bits: u32): u32 {
  const length = body - extras - keyBytes;
  const flags = extras == 0 ? 0 : big32(head + B.BINARY_HEADER);
  const refused = isTooLarge(keyBytes, flags, length);
  const options = begin(connection, refused ? MC_BINARY_REFUSED : MC_BINARY_STORE, bits);
  if (extras != 0) {
    store<u32>(options, flags, MC_FLAGS);
    store<u32>(options, big32(head + B.BINARY_HEADER + 4), MC_TIME);
  }
  const compares = load<u64>(options, MC_CAS) != 0 && mode != MODE_APPEND && mode != MODE_PREPEND;
  store<u32>(options, compares ? MODE_CAS : mode, MC_MODE);
  if (!refused) return value(connection);
  swallow(connection, length);
  return routeMemcached(connection);
}

function value(connection: usize): u32 {
  store<u32>(connection, 0, CONN_BITS);
  setValueLength(body - extras - keyBytes);
  return FRAMED_VALUE;
}

function frameDelta(connection: usize, bits: u32): u32 {
  const at = head + B.BINARY_HEADER;
  const time = big32(at + 16);
  const options = begin(connection, MC_BINARY_DELTA, time == NOT_MADE ? bits : bits | MC_MAKE);
  store<u64>(options, bswap<u64>(load<u64>(at)), MC_DELTA);
  store<u64>(options, bswap<u64>(load<u64>(at, 8)), MC_INITIAL);
  store<u32>(options, time, MC_TIME);
  return routeMemcached(connection);
}

/** Answers with a constant status. */
function reply(connection: usize, status: u32): u32 {
  beginRequest();
  store<u16>(connection, MC_BINARY_STATUS, CONN_COMMAND);
  store<u32>(connection, 0, CONN_ARGC);
  const options = addOptions(connection, MC_BINARY_OPTIONS);
  fill(options, 0);
  store<u32>(options, status, MC_MODE);
  return routeMemcached(connection);
}

/** Answers with an error, after which nothing more is read. */
function refuseAndClose(connection: usize, status: u32): u32 {
  store<u32>(connection, CLOSING, CONN_ARGS_LEFT);
  return reply(connection, status);
}
