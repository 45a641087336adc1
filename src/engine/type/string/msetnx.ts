/** MSETNX: all pairs or none. */
import { argc, argData, argLength, firstArg, nextArg, root } from "../../command/context";
import { error } from "../../command/errors";
import { WRONG_ARITY_MSETNX } from "../../generated/texts";
import { hashOf } from "../../index/hash";
import { find } from "../../keyspace/keys";
import { boolean } from "../../wire/resp";
import { msetOne } from "./put";

export function msetnx(): void {
  if ((argc & 1) != 0) {
    error(WRONG_ARITY_MSETNX);
    return;
  }
  let key = firstArg;
  for (let i: u32 = 0; i < argc; i += 2) {
    if (find(root, argData(key), argLength(key), hashOf(argData(key), argLength(key))) != 0) {
      boolean(false);
      return;
    }
    key = nextArg(nextArg(key));
  }
  key = firstArg;
  for (let i: u32 = 0; i < argc; i += 2) {
    if (!msetOne(key, hashOf(argData(key), argLength(key)))) return;
    key = nextArg(nextArg(key));
  }
  boolean(true);
}
