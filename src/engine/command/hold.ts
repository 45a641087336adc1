/**
 * What a command over keys of several shards is made of, when it can't be taken apart key by key (RENAME, COPY,
 * MSETNX, BITOP, LCS). The acceptor holds its keys on every shard, looks, changes, and lets go; whoever else wants
 * the keys waits. All shards get such requests in the same order, so two of them can't wait for each other.
 */
import { JOB_HOLD, Job, startJob } from "../job/job";
import { leave, Suspended } from "../job/suspended";
import { hashOf } from "../index/hash";
import { blobOfItem, flagsOf, SEPARATE, typeOf } from "../keyspace/item";
import { countChange, find, findToRead } from "../keyspace/keys";
import { expiryOrNone } from "../keyspace/link";
import { dropBlob } from "../keyspace/blob";
import { give } from "../memory/heap";
import { state } from "../state";
import { makeRoom } from "../eviction/room";
import { putArgument } from "../type/string/put";
import { itemSize, stringData, stringLength } from "../type/string/value";
import { array, bulk, bulkOfBlob, integer, nil, ok } from "../wire/resp";
import { integerValue, readInteger } from "./arguments";
import { argc, argData, argLength, beQuiet, firstArg, hash, nextArg, root } from "./context";
import { outOfMemory } from "./errors";
import { findKey } from "./key";

/**
 * `_hold token fetch key...`: holds the keys until `_release token`. Replies with an array: for each key nil, or its
 * type; with `fetch` 1, for each key nil or an array of its type, its time to expire in milliseconds (0: none) and
 * its value.
 */
export function holdCommand(): void {
  if (!readInteger(firstArg)) return;
  const token = integerValue;
  const fetchArg = nextArg(firstArg);
  if (!readInteger(fetchArg)) return;
  const fetch = integerValue != 0;
  const job = startJob(JOB_HOLD);
  if (job == null) {
    outOfMemory();
    return;
  }
  job.x = token;
  beQuiet();
  array(argc - 2);
  let key = nextArg(fetchArg);
  for (let i: u32 = 2; i < argc; i++) {
    describe(key, fetch);
    key = nextArg(key);
  }
}

function describe(key: usize, fetch: bool): void {
  const keyHash = hashOf(argData(key), argLength(key));
  if (!fetch) {
    const item = find(root, argData(key), argLength(key), keyHash);
    if (item == 0) nil();
    else integer(typeOf(item));
    return;
  }
  const item = findToRead(root, argData(key), argLength(key), keyHash);
  if (item == 0) {
    nil();
    return;
  }
  array(3);
  integer(typeOf(item));
  integer(expiryOrNone(item));
  if ((flagsOf(item) & SEPARATE) != 0) bulkOfBlob(blobOfItem(item), 0, stringLength(item));
  else bulk(stringData(item), stringLength(item));
}

/** `_release token`. */
export function releaseCommand(): void {
  if (!readInteger(firstArg)) return;
  const s = state();
  let previous: u32 = 0;
  let address = s.suspendedHead;
  while (address != 0) {
    const entry = changetype<Suspended>(address);
    const job = changetype<Job>(entry.job);
    if (entry.job != 0 && job.kind == JOB_HOLD && job.x == integerValue) {
      give(entry.job);
      leave(entry, previous);
      s.rescan = 1;
      break;
    }
    previous = address;
    address = entry.next;
  }
  ok();
}

/** `_put key expiry value`: sets the key, whatever it was; expiry in milliseconds since 1970, 0 for none. */
export function putCommand(): void {
  const expiryArg = nextArg(firstArg);
  if (!readInteger(expiryArg)) return;
  const expiry = integerValue;
  const value = nextArg(expiryArg);
  if (!makeRoom(itemSize(argLength(firstArg), argLength(value), expiry != 0))) {
    outOfMemory();
    return;
  }
  if (!putArgument(findKey(), firstArg, hash, value, expiry)) return;
  countChange();
  ok();
}

/** `_unpin blob...`: the bytes that replies referred to have been read. */
export function unpinCommand(): void {
  let arg = firstArg;
  for (let i: u32 = 0; i < argc; i++) {
    if (readInteger(arg)) dropBlob(<usize>integerValue);
    arg = nextArg(arg);
  }
  ok();
}
