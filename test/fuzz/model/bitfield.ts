/** BITFIELD, with integers of any width. */
import { bitAt, grown, putBit } from './bits.js';
import { parseInteger, textOf } from './parse.js';
import { array, type Expected, error, integer, NOT_INTEGER, SYNTAX } from './reply.js';
import { key, type Rules } from './rule.js';
import type { Model } from './state.js';

const BAD_TYPE = error(
  'ERR Invalid bitfield type. Use something like i16 u8. Note that u64 is not supported but i64 is.',
);
const BAD_OFFSET = error('ERR bit offset is not an integer or out of range');
const BITS_MAX = 512n * 1024n * 1024n * 8n;

type Overflow = 'WRAP' | 'SAT' | 'FAIL';

interface Operation {
  readonly kind: 'GET' | 'SET' | 'INCRBY';
  readonly signed: boolean;
  readonly bits: number;
  readonly offset: number;
  readonly number: bigint;
  readonly overflow: Overflow;
}

function readType(arg: Buffer): { signed: boolean; bits: number } | undefined {
  const match = /^([iu])([1-9]\d?)$/.exec(textOf(arg));
  const bits = Number(match?.[2]);
  const signed = match?.[1] === 'i';
  return match === null || bits > (signed ? 64 : 63) ? undefined : { signed, bits };
}

function readOffset(arg: Buffer, bits: number): number | undefined {
  const byType = textOf(arg).startsWith('#');
  const value = parseInteger(byType ? arg.subarray(1) : arg);
  if (value === undefined || value < 0n) return undefined;
  const offset = byType ? value * BigInt(bits) : value;
  return offset + BigInt(bits) - 1n >= BITS_MAX ? undefined : Number(offset);
}

const OVERFLOWS: readonly string[] = ['WRAP', 'SAT', 'FAIL'];

/** The operation that begins with `words[0]`, or the error; `words` may go on behind it. */
function readOperation(words: readonly Buffer[], overflow: Overflow): Operation | Buffer {
  const kind = upper(words[0] as Buffer);
  if (kind !== 'GET' && kind !== 'SET' && kind !== 'INCRBY') return SYNTAX;
  if (words.length < wordsIn(kind)) return SYNTAX;
  const type = readType(words[1] as Buffer);
  if (type === undefined) return BAD_TYPE;
  const offset = readOffset(words[2] as Buffer, type.bits);
  if (offset === undefined) return BAD_OFFSET;
  const number = kind === 'GET' ? 0n : parseInteger(words[3] as Buffer);
  return number === undefined ? NOT_INTEGER : { kind, ...type, offset, number, overflow };
}

function wordsIn(kind: Operation['kind']): number {
  return kind === 'GET' ? 3 : 4;
}

function upper(word: Buffer): string {
  return textOf(word).toUpperCase();
}

function readOperations(args: readonly Buffer[]): Operation[] | Buffer {
  const operations: Operation[] = [];
  let overflow: Overflow = 'WRAP';
  for (let i = 0; i < args.length; ) {
    if (upper(args[i] as Buffer) === 'OVERFLOW' && i + 1 < args.length) {
      const how = upper(args[i + 1] as Buffer);
      if (!OVERFLOWS.includes(how)) return error('ERR Invalid OVERFLOW type specified');
      overflow = how as Overflow;
      i += 2;
      continue;
    }
    const operation = readOperation(args.slice(i), overflow);
    if (Buffer.isBuffer(operation)) return operation;
    operations.push(operation);
    i += wordsIn(operation.kind);
  }
  return operations;
}

function read(value: Buffer, { signed, bits, offset }: Operation): bigint {
  let number = 0n;
  for (let i = 0; i < bits; i++) number = (number << 1n) | BigInt(bitAt(value, offset + i));
  return signed ? BigInt.asIntN(bits, number) : number;
}

/** What is to be written; undefined: nothing, it would overflow. */
function inRange(wanted: bigint, { signed, bits, overflow }: Operation): bigint | undefined {
  const width = BigInt(bits);
  const max = signed ? 2n ** (width - 1n) - 1n : 2n ** width - 1n;
  const min = signed ? -(2n ** (width - 1n)) : 0n;
  if (wanted >= min && wanted <= max) return wanted;
  if (overflow === 'FAIL') return undefined;
  if (overflow === 'SAT') return wanted > max ? max : min;
  return signed ? BigInt.asIntN(bits, wanted) : BigInt.asUintN(bits, wanted);
}

function write(value: Buffer, { bits, offset }: Operation, number: bigint): void {
  for (let i = 0; i < bits; i++) putBit(value, offset + i, Number((number >> BigInt(bits - 1 - i)) & 1n));
}

function run(model: Model, name: string, operations: readonly Operation[]): Expected {
  const writes = operations.filter(({ kind }) => kind !== 'GET');
  const bytes = writes.reduce((most, { offset, bits }) => Math.max(most, Math.floor((offset + bits - 1) / 8) + 1), 0);
  const value = grown(model.valueOf(name), bytes);
  const replies = operations.map((operation) => {
    const old = read(value, operation);
    if (operation.kind === 'GET') return integer(old);
    // Redis takes a negative number as a huge one where it is to be set and has no sign.
    const { kind, signed, number } = operation;
    const wanted = kind === 'INCRBY' ? old + number : signed ? number : BigInt.asUintN(64, number);
    const fitting = inRange(wanted, operation);
    if (fitting === undefined) return model.nil;
    write(value, operation, fitting);
    return integer(kind === 'SET' ? old : fitting);
  });
  if (writes.length !== 0) model.edit(name, value, true);
  return array(replies);
}

export const BITFIELD: Rules = {
  bitfield: (model, args) => {
    const operations = readOperations(args.slice(1));
    return Buffer.isBuffer(operations) ? operations : run(model, key(args), operations);
  },
  bitfield_ro: (model, args) => {
    const operations = readOperations(args.slice(1));
    if (Buffer.isBuffer(operations)) return operations;
    if (operations.some(({ kind }) => kind !== 'GET')) return error('ERR BITFIELD_RO only supports the GET subcommand');
    return run(model, key(args), operations);
  },
};
