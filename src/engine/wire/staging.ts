/**
 * Where frames wait for the acceptor's turn: a staging area for each shard, filled with batches. Frames of a single
 * shard are built in place; with several, a frame is built aside and copied when its key has told where it belongs.
 *
 *   area of shard k   | batch | batch | open batch: header, frame, frame → ...free |
 */
import {
  BATCH_CONNECTION, BATCH_DATABASE, BATCH_EXCHANGE, BATCH_FLAGS, BATCH_FRAMES, BATCH_GATHER, BATCH_HEADER,
  BATCH_NO_TOUCH, BATCH_PROTOCOL, BATCH_SIZE, BATCH_TRACK,
} from "../layout/batch";
import {
  CONN_DATABASE, CONN_EXCHANGE, CONN_FLAGS, CONN_NO_TOUCH_FLAG, CONN_PROTOCOL, CONN_TRACKED,
} from "../layout/connection";
import { DIRECT_SIZE } from "../layout/memory";
import { takeRun } from "../memory/heap";
import { FRAMER } from "../state";

/** Frames up to this size travel in batches; larger ones on their own. */
export const FRAME_MAX: u32 = 32768;
/** What one frame can grow to when it is taken apart into a frame for each key. */
const SPLIT_MAX: u32 = 8 * FRAME_MAX;
const SHARDS_MAX: u32 = 64;
/** Replies of one exchange are numbered with 16 bits. */
const INDEX_MAX: u32 = 65000;

@unmanaged
export class Framer {
  shards: u32;
  /** Room to build a frame in, when there are several shards. */
  build: u32;
  /** Result of the last call. */
  stoppedAt: u32;
  stoppedFrame: u32;
  stoppedReason: u32;
  /** 1 when the frame is a block that the acceptor gives back (releaseRequest). */
  stoppedInHeap: u32;
  brokenReason: u32;
  brokenByte: u32;
  /** Shards that got frames in this call. */
  touched: u64;
  touchedCount: u32;
  /** Replies of the exchange so far. */
  index: u32;
  /** Set when some of them are the parts of an array. */
  hasArrays: u32;
  /** The exchange's number. */
  exchange: u32;
  /** Set when an area has no room for another frame. */
  full: u32;
  connection: u32;
  connectionId: u32;
  lastShard: u32;
  protoMaxBulk: u32;
  maxArguments: u32;
  maxHeld: u32;
  /** Commands with one of these flags (COMMAND_...) go to the acceptor, because clients are paused. */
  paused: u32;
  /** wire/connections.ts */
  records: u32;
  readBuffer: u32;
  /** Largest item that memcached's protocols may store, counted as memcached counts. */
  memcachedItemMax: u32;
}

const AREAS: usize = FRAMER + 128;
/** Words of a memcached line: u32 address | u32 length (wire/memcached-tokens.ts). */
export const TOKENS: usize = AREAS + SHARDS_MAX * 16;

/** u32 start | u32 next free byte | u32 open batch (0 if none) | u32 frames in it */
@inline
function area(shard: u32): usize {
  return AREAS + (shard << 4);
}

@inline
export function framer(): Framer {
  return changetype<Framer>(FRAMER);
}

export function initStaging(shards: u32): bool {
  assert(shards <= SHARDS_MAX);
  framer().shards = shards;
  framer().build = takeRun(FRAME_MAX * 2, 0);
  if (framer().build == 0) return false;
  for (let i: u32 = 0; i < shards; i++) {
    const start = takeRun(DIRECT_SIZE, 0);
    if (start == 0) return false;
    store<u32>(area(i), start);
    emptyArea(i);
  }
  return true;
}

export function areaStart(shard: u32): usize {
  return load<u32>(area(shard));
}

/** End of the batches staged for a shard. */
export function areaNext(shard: u32): usize {
  return load<u32>(area(shard), 4);
}

export function emptyArea(shard: u32): void {
  store<u32>(area(shard), load<u32>(area(shard)), 4);
  store<u32>(area(shard), 0, 8);
}

/** A call that frames what connection `id` sent begins. */
@inline
export function beginFraming(connection: usize, id: u32): Framer {
  const f = framer();
  f.connection = connection;
  f.connectionId = id;
  f.touched = 0;
  f.touchedCount = 0;
  f.index = 0;
  f.hasArrays = 0;
  f.full = 0;
  return f;
}

/** Where the next frame is built. */
export function buildAt(): usize {
  if (framer().shards > 1) return framer().build;
  const a = area(0);
  return load<u32>(a, 8) != 0 ? load<u32>(a, 4) : load<u32>(a, 4) + BATCH_HEADER;
}

/** Adds a complete frame to the shard's open batch, opening one if need be. */
export function stage(shard: u32, frame: usize, size: u32): void {
  const f = framer();
  const a = area(shard);
  let next: usize = load<u32>(a, 4);
  if (load<u32>(a, 8) == 0) {
    store<u32>(a, next, 8);
    store<u32>(a, 0, 12);
    next += BATCH_HEADER;
    f.touched |= (<u64>1) << shard;
    f.touchedCount++;
  }
  if (f.shards > 1) memory.copy(next, frame, size);
  next += size;
  store<u32>(a, next, 4);
  store<u32>(a, load<u32>(a, 12) + 1, 12);
  f.lastShard = shard;
  if (next + SPLIT_MAX > load<u32>(a) + DIRECT_SIZE || f.index > INDEX_MAX) f.full = 1;
}

/** Writes the headers of the open batches of a connection; how many there are decides how replies come together. */
export function closeBatches(): void {
  const f = framer();
  if (f.touchedCount == 0) return;
  const connection = f.connection;
  const gather = f.touchedCount > 1;
  const flags: u32 = (gather ? BATCH_GATHER : 0)
    | ((load<u8>(connection, CONN_FLAGS) & CONN_NO_TOUCH_FLAG) != 0 ? BATCH_NO_TOUCH : 0)
    | ((load<u8>(connection, CONN_FLAGS) & CONN_TRACKED) != 0 ? BATCH_TRACK : 0);
  f.exchange = load<u32>(connection, CONN_EXCHANGE);
  store<u32>(connection, f.exchange + 1, CONN_EXCHANGE);
  let shards = f.touched;
  while (shards != 0) {
    const a = area(<u32>ctz<u64>(shards));
    const batch: usize = load<u32>(a, 8);
    store<u32>(batch, load<u32>(a, 4) - <u32>batch, BATCH_SIZE);
    store<u32>(batch, f.connectionId, BATCH_CONNECTION);
    store<u32>(batch, f.exchange, BATCH_EXCHANGE);
    store<u16>(batch, load<u32>(a, 12), BATCH_FRAMES);
    store<u8>(batch, flags, BATCH_FLAGS);
    store<u8>(batch, load<u8>(connection, CONN_DATABASE), BATCH_DATABASE);
    store<u64>(batch, load<u8>(connection, CONN_PROTOCOL), BATCH_PROTOCOL);
    store<u32>(a, 0, 8);
    shards &= shards - 1;
  }
}
