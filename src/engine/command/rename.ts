/** RENAME, RENAMENX, COPY, MOVE within one shard. */
import { NOTE_COPY_TO, NOTE_MOVE_FROM, NOTE_MOVE_TO, NOTE_MISS, NOTE_NEW, NOTE_RENAME_FROM, NOTE_RENAME_TO } from "../layout/note";
import { DB, REPLACE, wordOf } from "../base/words";
import { equalBytes } from "../base/bytes";
import { makeRoom } from "../eviction/room";
import { COPY, RENAME } from "../generated/commands";
import { DATABASE_OUT_OF_RANGE, NO_SUCH_KEY, SAME_OBJECT } from "../generated/texts";
import { hashOf } from "../index/hash";
import { insert, remove, Root } from "../index/table";
import { dropBlob } from "../keyspace/blob";
import { physicalOf, rootOf } from "../keyspace/databases";
import { blobOfItem, flagsOf, SEPARATE, setDatabase, VOLATILE } from "../keyspace/item";
import { countChange, find, noteChange, place, removeItem } from "../keyspace/keys";
import { copyItem, copySize, expiryOrNone, linkItem } from "../keyspace/link";
import { noteArgument, noteBytes, noteKey, wanted } from "../notify";
import { state } from "../state";
import { boolean, ok } from "../wire/resp";
import { integerValue, readInteger } from "./arguments";
import { argc, argData, argLength, command, database, firstArg, hash, logicalDatabase, nextArg, root } from "./context";
import { error, outOfMemory, syntaxError } from "./errors";
import { findKey } from "./key";

/**
 * Gives the value of the current key to another key as well. Returns 1, 0 when there was no such key, -1 when there
 * is no memory (the error has been sent), -2 when the target exists and must not be replaced.
 */
function copyTo(target: usize, targetRoot: Root, targetDatabase: u32, replace: bool): i32 {
  let item = findKey();
  if (item == 0) {
    if (command == COPY) noteKey(NOTE_MISS);
    return 0;
  }
  // COPY is refused when memory is full; RENAME is not, it frees as much as it takes.
  if (!makeRoom(copySize(item, argLength(target))) && command == COPY) {
    outOfMemory();
    return -1;
  }
  const targetHash = hashOf(argData(target), argLength(target));
  // Making room may have given the key up.
  item = findKey();
  if (item == 0) return 0;
  if (!replace && find(targetRoot, argData(target), argLength(target), targetHash) != 0) return -2;
  const fresh = copyItem(item, targetDatabase, argData(target), argLength(target));
  if (fresh == 0) {
    outOfMemory();
    return -1;
  }
  const expiry = expiryOrNone(item);
  const old = find(targetRoot, argData(target), argLength(target), targetHash);
  if (!linkItem(targetRoot, old, fresh, targetHash, expiry)) {
    // The copy is gone, its share of the value is not.
    if ((flagsOf(item) & SEPARATE) != 0) dropBlob(blobOfItem(item));
    outOfMemory();
    return -1;
  }
  return 1;
}

export function rename(): void {
  const target = nextArg(firstArg);
  const same = argLength(target) == argLength(firstArg)
    && equalBytes(argData(target), argData(firstArg), argLength(target));
  if (same) {
    if (findKey() == 0) error(NO_SUCH_KEY);
    else if (command == RENAME) ok();
    else boolean(false);
    return;
  }
  const result = copyTo(target, root, database, command == RENAME);
  if (result == 0) error(NO_SUCH_KEY);
  if (result == -2) boolean(false);
  if (result != 1) return;
  const item = findKey();
  if (item != 0) removeItem(root, place, hash, item);
  noteChange(NOTE_RENAME_FROM);
  if (wanted(NOTE_RENAME_TO)) noteArgument(NOTE_RENAME_TO, target);
  if (command == RENAME) ok();
  else boolean(true);
}

export function copy(): void {
  const target = nextArg(firstArg);
  let targetLogical = logicalDatabase;
  let replace = false;
  let arg = nextArg(target);
  for (let i: u32 = 2; i < argc; i++) {
    const word = wordOf(arg);
    if (word == REPLACE) {
      replace = true;
    } else if (word == DB && i + 1 < argc) {
      arg = nextArg(arg);
      i++;
      if (!readInteger(arg)) return;
      if (<u64>integerValue >= state().databases) {
        error(DATABASE_OUT_OF_RANGE);
        return;
      }
      targetLogical = <u32>integerValue;
    } else {
      syntaxError();
      return;
    }
    arg = nextArg(arg);
  }
  const same = argLength(target) == argLength(firstArg)
    && equalBytes(argData(target), argData(firstArg), argLength(target));
  if (same && targetLogical == logicalDatabase) {
    error(SAME_OBJECT);
    return;
  }
  const targetDatabase = physicalOf(targetLogical);
  const result = copyTo(target, rootOf(targetDatabase), targetDatabase, replace);
  if (result == -1) return;
  if (result == 1) {
    countChange();
    noteBytes(NOTE_COPY_TO, targetDatabase, argData(target), argLength(target));
  }
  boolean(result == 1);
}

export function move(): void {
  const databaseArg = nextArg(firstArg);
  if (!readInteger(databaseArg)) return;
  if (<u64>integerValue >= state().databases) {
    error(DATABASE_OUT_OF_RANGE);
    return;
  }
  const target = physicalOf(<u32>integerValue);
  if (target == database) {
    error(SAME_OBJECT);
    return;
  }
  const targetRoot = rootOf(target);
  const item = findKey();
  if (item == 0 || find(targetRoot, argData(firstArg), argLength(firstArg), hash) != 0) {
    boolean(false);
    return;
  }
  if (insert(targetRoot, item, hash) == 0) {
    outOfMemory();
    return;
  }
  findKey();
  remove(root, place, hash);
  setDatabase(item, target);
  if ((flagsOf(item) & VOLATILE) != 0) {
    root.volatileKeys--;
    targetRoot.volatileKeys++;
  }
  noteBytes(NOTE_NEW, target, argData(firstArg), argLength(firstArg));
  noteChange(NOTE_MOVE_FROM);
  noteBytes(NOTE_MOVE_TO, target, argData(firstArg), argLength(firstArg));
  boolean(true);
}
