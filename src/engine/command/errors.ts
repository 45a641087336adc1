/** Error replies. Every one is counted against the command that gave it. */
import { MC_OUT_OF_MEMORY, OUT_OF_MEMORY, SYNTAX, WRONG_TYPE } from "../generated/texts";
import { countError } from "../stats";
import { text, textNaming } from "../wire/resp";
import { PROTOCOL_MEMCACHED } from "../layout/batch";
import { binaryOutOfMemory } from "../type/memcached/binary";
import { argData, argLength, command, protocol } from "./context";

export function error(id: u32): void {
  countError(command, id);
  text(id);
}

/** An error that ends with an argument as the client gave it. */
export function errorNaming(id: u32, arg: usize): void {
  countError(command, id);
  textNaming(id, argData(arg), argLength(arg));
}

export function wrongType(): void {
  error(WRONG_TYPE);
}

export function syntaxError(): void {
  error(SYNTAX);
}

export function outOfMemory(): void {
  if (protocol < PROTOCOL_MEMCACHED) {
    error(OUT_OF_MEMORY);
    return;
  }
  countError(command, MC_OUT_OF_MEMORY);
  if (protocol == PROTOCOL_MEMCACHED) text(MC_OUT_OF_MEMORY);
  else binaryOutOfMemory();
}
