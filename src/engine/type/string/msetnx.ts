/** MSETNX: all pairs or none. The framer sees to it that no key is without a value. */
import { argc, argData, argLength, firstArg, nextArg, root } from "../../command/context";
import { hashOf } from "../../index/hash";
import { find } from "../../keyspace/keys";
import { boolean } from "../../wire/resp";
import { msetOne } from "./put";

export function msetnx(): void {
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
