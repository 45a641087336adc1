/** Telling the host which keys a client has read that keeps copies of values (CLIENT TRACKING). */
import { COMMAND_FIRST, COMMAND_FLAGS, COMMAND_STEP, COMMAND_WRITE } from "../layout/command";
import { NOTE_READ } from "../layout/note";
import { noteArgument } from "../notify";
import { commandEntry } from "../wire/commands";
import { keyCount } from "../wire/keys";
import { argc, command, firstArg, nextArg } from "./context";

/** Notes the keys of the current frame, if its command only reads. */
export function noteReads(): void {
  const entry = commandEntry(command);
  const first: u32 = load<u8>(entry, COMMAND_FIRST);
  if (first == 0 || (load<u16>(entry, COMMAND_FLAGS) & COMMAND_WRITE) != 0) return;
  let key = firstArg;
  for (let i: u32 = 1; i < first; i++) key = nextArg(key);
  const step: u32 = load<u8>(entry, COMMAND_STEP);
  for (let left = keyCount(entry, argc + 1 - first); left != 0; left--) {
    noteArgument(NOTE_READ, key);
    if (left != 1) for (let i: u32 = 0; i < step; i++) key = nextArg(key);
  }
}
