/** Error replies. Every one is counted against the command that gave it. */
import { OUT_OF_MEMORY, SYNTAX, WRONG_TYPE } from "../generated/texts";
import { countError } from "../stats";
import { text, textNaming } from "../wire/resp";
import { argData, argLength, command } from "./context";

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
  error(OUT_OF_MEMORY);
}
