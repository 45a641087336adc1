/** Error replies. Every one is counted against the command that gave it. */
import { OUT_OF_MEMORY, SYNTAX, WRONG_TYPE } from "../generated/texts";
import { STAT_ERRORS } from "../layout/stats";
import { count, countFailure } from "../stats";
import { text, textNaming } from "../wire/resp";
import { argData, argLength, command } from "./context";

export function error(id: u32): void {
  count(STAT_ERRORS);
  countFailure(command);
  text(id);
}

/** An error that ends with an argument as the client gave it. */
export function errorNaming(id: u32, arg: usize): void {
  count(STAT_ERRORS);
  countFailure(command);
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
