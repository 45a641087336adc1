/** TYPE, and names of types. */
import {
  TYPE_HASH, TYPE_LIST, TYPE_SET, TYPE_STREAM, TYPE_STRING, TYPE_ZSET, typeOf,
} from "../keyspace/item";
import * as Text from "../generated/texts";
import { text } from "../wire/resp";
import { peekKey } from "./key";

/** A number that no item's type is. */
const UNKNOWN: u32 = 99;

export function typeCommand(): void {
  const item = peekKey();
  text(item == 0 ? Text.TYPE_NONE : nameOf(typeOf(item)));
}

function nameOf(type: u32): u32 {
  if (type == TYPE_STRING) return Text.TYPE_STRING;
  if (type == TYPE_LIST) return Text.TYPE_LIST;
  if (type == TYPE_SET) return Text.TYPE_SET;
  if (type == TYPE_ZSET) return Text.TYPE_ZSET;
  return type == TYPE_HASH ? Text.TYPE_HASH : Text.TYPE_STREAM;
}

/** The type that a word names. */
export function typeOfWord(word: u64): u32 {
  if (word == 0x676e69727473) return TYPE_STRING; // string
  if (word == 0x7473696c) return TYPE_LIST; // list
  if (word == 0x746573) return TYPE_SET; // set
  if (word == 0x7465737a) return TYPE_ZSET; // zset
  if (word == 0x68736168) return TYPE_HASH; // hash
  if (word == 0x6d6165727473) return TYPE_STREAM; // stream
  return UNKNOWN;
}
