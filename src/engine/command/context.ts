/**
 * What a command handler sees. These are module variables, hence private to the thread that runs the engine, and they
 * mean something only while a command is being executed: nothing that must survive a call is kept here (engine/state.ts).
 */
import { ARG_EXTERNAL, ARG_LENGTH, FRAME_ARGC, FRAME_COMMAND, FRAME_HASH, FRAME_HEADER } from "../layout/batch";
import { Root } from "../index/table";
import { physicalOf, rootOf } from "../keyspace/databases";
import { blobData } from "../keyspace/blob";

/** The frame being executed. */
export let frame: usize = 0;
export let command: u32 = 0;
export let argc: u32 = 0;
/** The first argument after the command's name; mostly the key. */
export let firstArg: usize = 0;

/** Hash of the frame's first key. */
export let hash: u64 = 0;

/** Logical and physical number and index root of the batch's database. */
export let logicalDatabase: u32 = 0;
export let database: u32 = 0;
export let root: Root = changetype<Root>(0);

/** Clocks of the batch: milliseconds since 1970, and seconds for access times. */
export let now: i64 = 0;
export let clock: u32 = 0;

/** Whose batch it is; 0: the acceptor's own. */
export let connection: u32 = 0;
/** What it changes is the business of the acceptor, which tells of it itself. */
export let isQuiet: bool = false;
/** The client keeps copies of what it reads. */
export let isTracked: bool = false;

export let protocol: u32 = 0;
export let noTouch: bool = false;

export function enterBatch(batchDatabase: u32, batchProtocol: u32, batchNoTouch: bool, nowMs: i64): void {
  selectDatabase(batchDatabase);
  protocol = batchProtocol;
  noTouch = batchNoTouch;
  now = nowMs;
  clock = <u32>(nowMs / 1000);
}

export function enterSender(sender: u32, quiet: bool, tracked: bool): void {
  connection = sender;
  isQuiet = quiet;
  isTracked = tracked;
}

/** The rest of the batch is not told of. */
export function beQuiet(): void {
  isQuiet = true;
}

export function selectDatabase(logical: u32): void {
  logicalDatabase = logical;
  database = physicalOf(logical);
  root = rootOf(database);
}

@inline
export function enterFrame(at: usize): void {
  frame = at;
  command = load<u16>(at, FRAME_COMMAND);
  argc = load<u32>(at, FRAME_ARGC);
  hash = load<u64>(at, FRAME_HASH);
  firstArg = at + FRAME_HEADER;
}

@inline
export function argLength(arg: usize): u32 {
  return load<u32>(arg) & ARG_LENGTH;
}

@inline
export function isExternal(arg: usize): bool {
  return (load<u32>(arg) & ARG_EXTERNAL) != 0;
}

/** Where the bytes of an argument are. */
@inline
export function argData(arg: usize): usize {
  return isExternal(arg) ? blobData(load<u32>(arg, 4)) : arg + 4;
}

@inline
export function nextArg(arg: usize): usize {
  return isExternal(arg) ? arg + 8 : arg + 4 + ((argLength(arg) + 3) & ~3);
}

/** Takes the blob of an external argument over: the frame no longer owns it. */
@inline
export function adoptBlob(arg: usize): usize {
  const blob = load<u32>(arg, 4);
  store<u32>(arg, 0, 4);
  return blob;
}
