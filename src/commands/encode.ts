/** The command table in the form in which the engine has it in memory (engine/layout/command.ts). */
import {
  COMMAND_ANYWHERE,
  COMMAND_ARITY,
  COMMAND_CURSOR,
  COMMAND_DENY_OOM,
  COMMAND_ENTRY,
  COMMAND_FIRST,
  COMMAND_FLAGS,
  COMMAND_ID,
  COMMAND_LAST,
  COMMAND_LOCAL,
  COMMAND_NAME,
  COMMAND_NAME_LENGTH,
  COMMAND_NAME_MAX,
  COMMAND_NO_AUTH,
  COMMAND_PART,
  COMMAND_SLOW,
  COMMAND_SPLIT_ARRAY,
  COMMAND_SPLIT_OK,
  COMMAND_SPLIT_SUM,
  COMMAND_STEP,
  COMMAND_WRITE,
} from '../engine/layout/command.js';
import { asciiBytes } from './ascii.js';
import type { KeyRange } from './key-spec.js';
import type { Split } from './spec.js';
import { COMMANDS, type Command, commandId } from './table.js';

export interface EncodedCommand {
  readonly id: number;
  /** COMMAND_ENTRY bytes. */
  readonly bytes: Uint8Array;
}

/**
 * The look-up or-s every byte of a client's word with 0x20. A name that begins with a byte without that bit is hence
 * one that no client can send, whatever bytes it sends.
 */
const UNREACHABLE = 0x01;

const CASE_BIT = 0x20;
const SPLIT_FLAGS: Readonly<Record<Split, number>> = {
  sum: COMMAND_SPLIT_SUM,
  ok: COMMAND_SPLIT_OK,
  array: COMMAND_SPLIT_ARRAY,
};

/** All commands that the engine must know: those that clients can name, and those that it runs. */
export function encodeTable(): readonly EncodedCommand[] {
  return COMMANDS.filter((command) => isReachable(command) || command.place !== 'acceptor').map(encode);
}

/** Subcommands are not looked up by the engine: their container goes to the acceptor. */
function isReachable(command: Command): boolean {
  return !command.internal && command.container === undefined;
}

function encode(command: Command): EncodedCommand {
  const bytes = new Uint8Array(COMMAND_ENTRY);
  const view = new DataView(bytes.buffer);
  const name = encodeName(command);
  const { first, last, step } = engineRange(command);
  const part = command.spec.part;
  bytes.set(name, COMMAND_NAME);
  view.setUint16(COMMAND_ID, command.id, true);
  view.setInt16(COMMAND_ARITY, engineArity(command), true);
  view.setUint16(COMMAND_FLAGS, flagsOf(command), true);
  view.setInt8(COMMAND_FIRST, first);
  view.setInt8(COMMAND_LAST, last);
  view.setInt8(COMMAND_STEP, step);
  view.setUint8(COMMAND_NAME_LENGTH, name.length);
  view.setUint16(COMMAND_PART, part === undefined ? 0 : commandId(part), true);
  return { id: command.id, bytes };
}

function encodeName(command: Command): Uint8Array {
  const name = asciiBytes(command.name).map((byte) => byte | CASE_BIT);
  const bytes = isReachable(command) ? name : Uint8Array.of(UNREACHABLE, ...name);
  if (bytes.length > COMMAND_NAME_MAX) throw new Error(`the command name '${command.name}' is too long`);
  return bytes;
}

/** The frame of a subcommand lacks the container's name: it has one word less, and its keys are one place earlier. */
function engineArity({ container, arity }: Command): number {
  if (container === undefined) return arity;
  return arity < 0 ? arity + 1 : arity - 1;
}

function engineRange({ container, keyRange }: Command): KeyRange {
  if (container === undefined || keyRange.first === 0) return keyRange;
  const { first, last, step } = keyRange;
  return { first: first - 1, last: last < 0 ? last : last - 1, step };
}

function flagsOf({ flags, place, spec }: Command): number {
  return (
    (place === 'acceptor' ? COMMAND_LOCAL : 0) |
    (place === 'anywhere' ? COMMAND_ANYWHERE : 0) |
    (flags.has('write') ? COMMAND_WRITE : 0) |
    (flags.has('denyoom') ? COMMAND_DENY_OOM : 0) |
    (flags.has('no_auth') ? COMMAND_NO_AUTH : 0) |
    (spec.slow ? COMMAND_SLOW : 0) |
    (spec.cursor ? COMMAND_CURSOR : 0) |
    (spec.split === undefined ? 0 : SPLIT_FLAGS[spec.split])
  );
}
