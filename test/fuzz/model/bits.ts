import { parseInteger, textOf } from './parse.js';
import { type Expected, error, integer, NOT_INTEGER, SYNTAX } from './reply.js';
import { key, type Rules } from './rule.js';
import type { Model } from './state.js';

const BAD_OFFSET = error('ERR bit offset is not an integer or out of range');
const BAD_BIT = error('ERR bit is not an integer or out of range');
const BITS_MAX = 512n * 1024n * 1024n * 8n;

export function bitAt(value: Uint8Array, bit: number): number {
  const byte = value[Math.floor(bit / 8)] ?? 0;
  return (byte >> (7 - (bit % 8))) & 1;
}

/** The string with zeros up to so many bytes. */
export function grown(value: Buffer, bytes: number): Buffer {
  return value.length >= bytes ? Buffer.from(value) : Buffer.concat([value, Buffer.alloc(bytes - value.length)]);
}

export function putBit(value: Buffer, bit: number, to: number): void {
  const mask = 0x80 >> (bit % 8);
  const at = Math.floor(bit / 8);
  value[at] = to === 1 ? (value[at] as number) | mask : (value[at] as number) & ~mask;
}

function offsetOf(arg: Buffer): number | undefined {
  const offset = parseInteger(arg);
  return offset === undefined || offset < 0n || offset >= BITS_MAX ? undefined : Number(offset);
}

/** First and last bit of a range that was asked for; undefined if it is empty. */
function bitRange(value: Buffer, from: bigint, to: bigint, byBit: boolean): [number, number] | undefined {
  const length = BigInt(value.length) * (byBit ? 8n : 1n);
  const place = (n: bigint) => (n < 0n ? (n + length < 0n ? 0n : n + length) : n);
  const first = place(from);
  const last = place(to) >= length ? length - 1n : place(to);
  if (first > last || last < 0n) return undefined;
  return byBit ? [Number(first), Number(last)] : [Number(first) * 8, Number(last) * 8 + 7];
}

/** Whether a unit is BIT; undefined: it is none. */
function readUnit(arg: Buffer | undefined): boolean | undefined {
  const unit = arg === undefined ? 'BYTE' : textOf(arg).toUpperCase();
  return unit === 'BIT' ? true : unit === 'BYTE' ? false : undefined;
}

/** As in Redis 7, a key that is not there has an answer even to a question that is wrong. */
function bitcount(model: Model, args: readonly Buffer[]): Expected {
  if (model.get(key(args)) === undefined) return integer(0);
  if (args.length === 2 || args.length > 4) return SYNTAX;
  let [from, to] = [0n, -1n] as [bigint | undefined, bigint | undefined];
  if (args.length > 1) [from, to] = [parseInteger(args[1] as Buffer), parseInteger(args[2] as Buffer)];
  if (from === undefined || to === undefined) return NOT_INTEGER;
  const byBit = readUnit(args[3]);
  if (byBit === undefined) return SYNTAX;
  if (from < 0n && to < 0n && from > to) return integer(0);
  const value = model.valueOf(key(args));
  const range = bitRange(value, from, to, byBit);
  let count = 0;
  if (range !== undefined) for (let bit = range[0]; bit <= range[1]; bit++) count += bitAt(value, bit);
  return integer(count);
}

function bitpos(model: Model, args: readonly Buffer[]): Expected {
  const wanted = parseInteger(args[1] as Buffer);
  if (wanted === undefined) return NOT_INTEGER;
  if (wanted !== 0n && wanted !== 1n) return error('ERR The bit argument must be 1 or 0.');
  const entry = model.get(key(args));
  if (entry === undefined) return integer(wanted === 1n ? -1 : 0);
  if (args.length > 5) return SYNTAX;
  const from = args[2] === undefined ? 0n : parseInteger(args[2]);
  if (from === undefined) return NOT_INTEGER;
  const to = args[3] === undefined ? -1n : parseInteger(args[3]);
  const byBit = readUnit(args[4]);
  if (byBit === undefined) return SYNTAX;
  if (to === undefined) return NOT_INTEGER;
  const range = bitRange(entry.value, from, to, byBit);
  if (range === undefined) return integer(-1);
  for (let bit = range[0]; bit <= range[1]; bit++) if (bitAt(entry.value, bit) === Number(wanted)) return integer(bit);
  // A string goes on with zeros for ever, unless it was said where to stop.
  return integer(wanted === 0n && args[3] === undefined ? entry.value.length * 8 : -1);
}

const COMBINE: Readonly<Record<string, (a: number, b: number) => number>> = {
  AND: (a, b) => a & b,
  OR: (a, b) => a | b,
  XOR: (a, b) => a ^ b,
};

function bitop(model: Model, args: readonly Buffer[]): Expected {
  const operation = textOf(args[0] as Buffer).toUpperCase();
  const combine = COMBINE[operation];
  if (combine === undefined && operation !== 'NOT') return SYNTAX;
  if (combine === undefined && args.length !== 3) {
    return error('ERR BITOP NOT must be called with a single source key.');
  }
  const sources = args.slice(2).map((_, i) => model.valueOf(key(args, i + 2)));
  const length = Math.max(...sources.map((source) => source.length));
  const result = grown(sources[0] as Buffer, length);
  if (combine === undefined) {
    for (let i = 0; i < length; i++) result[i] = ~(result[i] as number) & 255;
  } else {
    for (const source of sources.slice(1)) {
      for (let i = 0; i < length; i++) result[i] = combine(result[i] as number, source[i] ?? 0);
    }
  }
  if (length === 0) model.database.delete(key(args, 1));
  else model.put(key(args, 1), result, { raw: true });
  return integer(length);
}

export const BITS: Rules = {
  setbit: (model, args) => {
    const offset = offsetOf(args[1] as Buffer);
    if (offset === undefined) return BAD_OFFSET;
    const bit = parseInteger(args[2] as Buffer);
    if (bit !== 0n && bit !== 1n) return BAD_BIT;
    const value = grown(model.valueOf(key(args)), Math.floor(offset / 8) + 1);
    const old = bitAt(value, offset);
    putBit(value, offset, Number(bit));
    model.edit(key(args), value, true);
    return integer(old);
  },
  getbit: (model, args) => {
    const offset = offsetOf(args[1] as Buffer);
    return offset === undefined ? BAD_OFFSET : integer(bitAt(model.valueOf(key(args)), offset));
  },
  bitcount,
  bitpos,
  bitop,
};
