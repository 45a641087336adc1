import { fitsI64, parseInteger, textOf } from './parse.js';
import { bulk, type Expected, error, integer, NOT_INTEGER } from './reply.js';
import { key, type Rules } from './rule.js';
import type { Model } from './state.js';

function add(model: Model, name: string, by: bigint): Expected {
  const entry = model.get(name);
  const before = entry === undefined ? 0n : parseInteger(entry.value);
  if (before === undefined) return NOT_INTEGER;
  const after = before + by;
  if (!fitsI64(after)) return error('ERR increment or decrement would overflow');
  model.edit(name, Buffer.from(String(after)), false);
  return integer(after);
}

/** Numbers that are exact in every floating-point format: integers and quarters. */
const EXACT = /^-?\d{1,12}(\.(25|5|75))?$/;

/** Whether the model can tell what INCRBYFLOAT makes of a string; others are not tried. */
export function isExact(value: Uint8Array): boolean {
  const text = textOf(value);
  return EXACT.test(text) && !/^-?0\d/.test(text) && !/^-0$/.test(text);
}

/** Whether a string is no number, beyond doubt. */
export function isNoNumber(value: Uint8Array): boolean {
  return value.length > 0 && /^[g-hj-mo-z:]/.test(textOf(value));
}

export const COUNTERS: Rules = {
  incr: (model, args) => add(model, key(args), 1n),
  decr: (model, args) => add(model, key(args), -1n),
  incrby: (model, args) => {
    const by = parseInteger(args[1] as Buffer);
    return by === undefined ? NOT_INTEGER : add(model, key(args), by);
  },
  decrby: (model, args) => {
    const by = parseInteger(args[1] as Buffer);
    if (by === undefined) return NOT_INTEGER;
    if (!fitsI64(-by)) return error('ERR decrement would overflow');
    return add(model, key(args), -by);
  },
  incrbyfloat: (model, args) => {
    const entry = model.get(key(args));
    if (entry !== undefined && isNoNumber(entry.value)) return error('ERR value is not a valid float');
    if (isNoNumber(args[1] as Buffer)) return error('ERR value is not a valid float');
    const sum = Number(textOf(entry?.value ?? Buffer.from('0'))) + Number(textOf(args[1] as Buffer));
    const text = Buffer.from(String(sum));
    model.edit(key(args), text, false);
    return bulk(text);
  },
};
