/**
 * Which keys (and connections) unfinished work holds: a counting filter. A chance collision makes a command wait that
 * need not have; nothing worse. It is rebuilt in order of arrival whenever something has finished, so that those who
 * wait go on first come, first served.
 */
import { FRAME_ARGC, FRAME_COMMAND, FRAME_HASH, FRAME_HEADER } from "../layout/batch";
import { COMMAND_FIRST, COMMAND_LAST, COMMAND_STEP } from "../layout/command";
import { LOCKS, LOCKS_SIZE } from "../layout/memory";
import { argData, argLength, nextArg } from "../command/context";
import { hashOf } from "../index/hash";
import { state } from "../state";
import { commandEntry } from "../wire/commands";
import { keyCount } from "../wire/keys";

const COUNTERS: u32 = LOCKS_SIZE / 2;

@inline
function counter(hash: u64): usize {
  return LOCKS + ((<u32>(hash >> 40) & (COUNTERS - 1)) << 1);
}

@inline
function ofConnection(connection: u32): u64 {
  return <u64>(connection + 1) * 0x9e3779b97f4a7c15;
}

export function clearFilter(): void {
  memory.fill(LOCKS, 0, LOCKS_SIZE);
  state().heldKeys = 0;
}

function add(hash: u64): void {
  const at = counter(hash);
  const count: u32 = load<u16>(at);
  if (count != 0xffff) store<u16>(at, count + 1);
  state().heldKeys++;
}

@inline
function has(hash: u64): bool {
  return load<u16>(counter(hash)) != 0;
}

export function holdConnection(connection: u32): void {
  add(ofConnection(connection));
}

export function isConnectionHeld(connection: u32): bool {
  return has(ofConnection(connection));
}

export function holdKeys(frame: usize): void {
  eachKey(frame, true);
}

/** Whether one of the frame's keys is held. */
export function isHeld(frame: usize): bool {
  return eachKey(frame, false);
}

function eachKey(frame: usize, hold: bool): bool {
  const entry = commandEntry(load<u16>(frame, FRAME_COMMAND));
  const first: u32 = load<u8>(entry, COMMAND_FIRST);
  if (first == 0) return false;
  const hash = load<u64>(frame, FRAME_HASH);
  if (hold) add(hash);
  else if (has(hash)) return true;
  if (load<u8>(entry, COMMAND_LAST) == first) return false;
  let key = frame + FRAME_HEADER;
  for (let i: u32 = 1; i < first; i++) key = nextArg(key);
  const step: u32 = load<u8>(entry, COMMAND_STEP);
  const keys = keyCount(entry, load<u32>(frame, FRAME_ARGC) + 1 - first);
  for (let i: u32 = 1; i < keys; i++) {
    for (let j: u32 = 0; j < step; j++) key = nextArg(key);
    const other = hashOf(argData(key), argLength(key));
    if (hold) add(other);
    else if (has(other)) return true;
  }
  return false;
}
