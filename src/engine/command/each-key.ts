/**
 * Commands that do the same to each of their keys: MGET, MSET, DEL, UNLINK, EXISTS, TOUCH. With many keys they go on
 * as a job, KEYS_PER_STEP at a time; their keys stay held, so others see all of it or nothing.
 *
 *   job   a = offset of the next key in the frame, b = keys left, x = sum of the results
 */
import { NOTE_DEL } from "../layout/note";
import { DEL, MGET, MSET, TOUCH, UNLINK } from "../generated/commands";
import { hashOf } from "../index/hash";
import { Job, JOB_EACH_KEY, startJob } from "../job/job";
import { find, findToPeek, findToRead, noteChangeOf, place, removeItem, touch } from "../keyspace/keys";
import { msetOne } from "../type/string/put";
import { mgetOne } from "../type/string/get";
import { array, integer, ok } from "../wire/resp";
import { argc, argData, argLength, command, firstArg, frame, hash, nextArg, root } from "./context";
import { outOfMemory } from "./errors";

const KEYS_PER_STEP: u32 = 256;

let sum: i64 = 0;

export function eachKey(): void {
  const keys = command == MSET ? argc >> 1 : argc;
  if (keys > KEYS_PER_STEP) {
    const job = startJob(JOB_EACH_KEY);
    if (job == null) {
      outOfMemory();
      return;
    }
    job.a = <u32>(firstArg - frame);
    job.b = keys;
    return;
  }
  sum = 0;
  if (command == MGET) array(keys);
  let key = firstArg;
  for (let i: u32 = 0; i < keys; i++) {
    const keyHash = i == 0 ? hash : hashOf(argData(key), argLength(key));
    key = one(key, keyHash);
    if (key == 0) return;
  }
  finish();
}

/** One step of the job; true when it was the last. */
export function stepEachKey(job: Job): bool {
  if (job.steps == 1 && command == MGET) array(job.b);
  const keys = min(job.b, KEYS_PER_STEP);
  sum = job.x;
  let key: usize = frame + job.a;
  for (let i: u32 = 0; i < keys; i++) {
    key = one(key, hashOf(argData(key), argLength(key)));
    if (key == 0) return true;
  }
  job.a = <u32>(key - frame);
  job.b -= keys;
  job.x = sum;
  if (job.b != 0) return false;
  finish();
  return true;
}

/** Does it to the key at `key` and returns where the next one is, 0 when the command is to be given up. */
function one(key: usize, keyHash: u64): usize {
  if (command == MGET) {
    mgetOne(key, keyHash);
    return nextArg(key);
  }
  if (command == MSET) return msetOne(key, keyHash) ? nextArg(nextArg(key)) : 0;
  if (command == DEL || command == UNLINK) {
    const item = find(root, argData(key), argLength(key), keyHash);
    if (item != 0) {
      removeItem(root, place, keyHash, item);
      noteChangeOf(NOTE_DEL, key);
      sum++;
    }
  } else if (command == TOUCH) {
    const item = findToRead(root, argData(key), argLength(key), keyHash);
    if (item != 0) {
      touch(item);
      sum++;
    }
  } else {
    sum += <i64>(findToPeek(root, argData(key), argLength(key), keyHash) != 0);
  }
  return nextArg(key);
}

function finish(): void {
  if (command == MGET) return;
  if (command == MSET) ok();
  else integer(sum);
}
