/** DBSIZE, FLUSHDB, FLUSHALL, SWAPDB, RANDOMKEY. */
import { ASYNC, SYNC, wordOf } from "../base/words";
import { randomItemOf } from "../eviction/policy";
import { DATABASE_OUT_OF_RANGE, INVALID_FIRST_DATABASE, INVALID_SECOND_DATABASE } from "../generated/texts";
import { flush, swap } from "../keyspace/databases";
import { expiryOf, flagsOf, keyLength, keyOf, VOLATILE } from "../keyspace/item";
import { STAT_DIRTY } from "../layout/stats";
import { state } from "../state";
import { countMany } from "../stats";
import { bulk, integer, nil, ok } from "../wire/resp";
import { integerValue, isInteger } from "./arguments";
import { argc, database, firstArg, logicalDatabase, nextArg, now, root, selectDatabase } from "./context";
import { error, syntaxError } from "./errors";

/** A random key that has expired is passed over, this many times. */
const EXPIRED_TRIES: u32 = 100;

export function dbsize(): void {
  integer(root.keys);
}

export function flushdb(): void {
  if (!readFlushMode()) return;
  countMany(STAT_DIRTY, flush(logicalDatabase));
  selectDatabase(logicalDatabase);
  ok();
}

export function flushall(): void {
  if (!readFlushMode()) return;
  for (let i: u32 = 0; i < state().databases; i++) countMany(STAT_DIRTY, flush(i));
  selectDatabase(logicalDatabase);
  ok();
}

/** ASYNC and SYNC are the same here: emptying takes no time, and freeing is always done in the background. */
function readFlushMode(): bool {
  if (argc == 0) return true;
  const word = wordOf(firstArg);
  if (argc == 1 && (word == ASYNC || word == SYNC)) return true;
  syntaxError();
  return false;
}

export function swapdb(): void {
  if (!isInteger(firstArg)) {
    error(INVALID_FIRST_DATABASE);
    return;
  }
  const a = <u64>integerValue;
  if (!isInteger(nextArg(firstArg))) {
    error(INVALID_SECOND_DATABASE);
    return;
  }
  const b = <u64>integerValue;
  if (a >= state().databases || b >= state().databases) {
    error(DATABASE_OUT_OF_RANGE);
    return;
  }
  swap(<u32>a, <u32>b);
  selectDatabase(logicalDatabase);
  ok();
}

export function randomkey(): void {
  for (let i: u32 = 0; i < EXPIRED_TRIES; i++) {
    const item = randomItemOf(database);
    if (item == 0) break;
    if ((flagsOf(item) & VOLATILE) != 0 && expiryOf(item) <= now) continue;
    bulk(keyOf(item), keyLength(item));
    return;
  }
  nil();
}
