import { STATE, STATE_SIZE } from "./layout/memory";

/**
 * The engine's roots, at a fixed address. A module can be instantiated several times over one memory (the
 * acceptor and the shard's thread both run this code on a shard), so whatever must survive a call lives here and
 * never in a module variable.
 */
@unmanaged
export class State {
  /** Bytes of the fixed map plus the heap that may be used; see memory/pages.ts. */
  limitPages: u32;
  /** Pages that shall stay free for work in progress (replies, suspended requests) when data has filled the rest. */
  reservePages: u32;
  usedPages: u32;
  /** First page that was never handed out. */
  topPage: u32;
  /** Bytes handed out to live blocks. */
  usedBytes: u64;
  peakBytes: u64;

  /** Key of the keyed hash (index/hash.ts). */
  hashKey0: u64;
  hashKey1: u64;

  /** Milliseconds since 1970, of the command being executed. */
  nowMs: i64;
  /** This shard's number and how many there are. */
  shard: u32;
  shards: u32;
  databases: u32;

  /** 1 while a command that changes data is half done: a thread that dies then leaves a shard that can't be trusted. */
  changing: u32;
  /** The batch and the frame in execution, for the supervisor of a dead shard. */
  currentBatch: u32;
  currentFrame: u32;
  /** Behind the last record that is complete. */
  recordsEnd: u32;

  randomState: u64;

  /** eviction/: the policy, the tag of the next queue entry, the ghosts, and where adopting old items has come to. */
  policy: u32;
  /** 0 or ERA; flips when the queues are emptied. */
  era: u32;
  queueTag: u32;
  ghostTable: u32;
  ghostBuckets: u32;
  ghostClock: u32;
  adoptDatabase: u32;
  adoptPrefix: u32;
  adopting: u32;

  /** expiry/wheel.ts: first tick that is not done, items, a list being dealt out, levels that wait for it. */
  wheelTick: i64;
  wheelCount: u32;
  wheelDealing: u32;
  wheelLevels: u32;

  /** keyspace/databases.ts: the emptied database that is being freed, and how far; keys in all emptied ones. */
  sweptDatabase: u32;
  sweptPrefix: u32;
  sweptDone: u32;
  garbageDatabases: u32;
  garbageKeys: u32;

  /** command/execute.ts: where the last call came to, and a batch that the area was too small for. */
  consumed: u32;
  resumeFrame: u32;
  resumeCount: u32;

  /** job/suspended.ts: suspended batches in order of arrival, and the job that the current command has become. */
  suspendedHead: u32;
  suspendedTail: u32;
  suspendedCount: u32;
  /** Entries in the filter at LOCKS; 0 lets every command skip the look-up. */
  heldKeys: u32;
  startedJob: u32;
  /** A batch has left the list: others may be able to go on. */
  rescan: u32;
  /** Suspended batch at which the next round of steps begins. */
  nextStep: u32;

  /** 1: `execute` returns after every frame. */
  single: u32;
  /** A job that has ended: how many have, the last one's connection, and how long it took in milliseconds. */
  endedJobs: u32;
  endedConnection: u32;
  endedMs: u32;

  /** Parameters that CONFIG SET moves. */
  protoMaxBulk: u32;
  activeExpire: u32;
  /** 1 when the policy that the user named counts accesses (LFU): OBJECT answers accordingly. */
  frequencyNamed: u32;
  /** Classes of events that the host wants to be told of (layout/note.ts). */
  notify: u32;

  /** The CAS id given last (keyspace/extension.ts). */
  lastCas: u64;
}

@inline
export function state(): State {
  return changetype<State>(STATE);
}

// Tables behind the roots, as a running sum inside STATE.
const FIELDS_SIZE: u32 = 1024;

/** Free page runs by size class: 192 list heads and their bitmap of 3 words of 64 bits. */
export const RUN_BINS: u32 = STATE + FIELDS_SIZE;
export const RUN_BIN_COUNT: u32 = 192;
export const RUN_BITMAP: u32 = RUN_BINS + RUN_BIN_COUNT * 4;

/** Size classes of the slabs: 96 of 20 bytes, once for items and once for everything else. */
export const CLASSES: u32 = RUN_BITMAP + 24 + 8;
export const CLASS_COUNT: u32 = 96;
export const CLASS_ENTRY: u32 = 20;

/** Physical databases: 256 roots of 32 bytes; and the map from a logical number to a physical one. */
export const DATABASES: u32 = CLASSES + 2 * CLASS_COUNT * CLASS_ENTRY;
export const DATABASE_ENTRY: u32 = 32;
export const DATABASE_COUNT: u32 = 256;
export const DATABASE_MAP: u32 = DATABASES + DATABASE_ENTRY * DATABASE_COUNT;

/** Timer wheel: 4 levels of 256 list heads. */
export const WHEEL: u32 = DATABASE_MAP + DATABASE_COUNT;
export const WHEEL_SLOTS: u32 = 256;
export const WHEEL_LEVELS: u32 = 4;

/** Queues of the eviction policy: small and main, 32 bytes each. */
export const QUEUES: u32 = WHEEL + WHEEL_SLOTS * WHEEL_LEVELS * 4;

/** The framer's fields, in the acceptor's memory (wire/framer.ts). */
export const FRAMER: u32 = QUEUES + 64;
export const FRAMER_SIZE: u32 = 2048;

export const STATE_END: u32 = FRAMER + FRAMER_SIZE;

export function checkState(): void {
  assert(STATE_END <= STATE + STATE_SIZE);
  assert(<u32>offsetof<State>() <= FIELDS_SIZE);
}
