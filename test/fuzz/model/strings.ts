import { readOptions, readTime } from './options.js';
import { parseInteger } from './parse.js';
import { array, bulk, type Expected, error, integer, NOT_INTEGER, OK, SYNTAX, TOO_LONG } from './reply.js';
import { key, type Rules } from './rule.js';
import type { Model } from './state.js';

const LONGEST = 512n * 1024n * 1024n;

function shown(model: Model, name: string): Buffer {
  const entry = model.get(name);
  return entry === undefined ? model.nil : bulk(entry.value);
}

function set(model: Model, args: readonly Buffer[]): Expected {
  const options = readOptions(args.slice(2), ['NX', 'XX', 'GET', 'KEEPTTL'], ['KEEPTTL']);
  if (options === undefined) return SYNTAX;
  const { words, time } = options;
  const expiry = time === undefined ? undefined : readTime(time.word, time.value, model.now, 'set');
  if (Buffer.isBuffer(expiry)) return expiry;
  const name = key(args);
  const before = model.get(name);
  const old = shown(model, name);
  if (words.has('NX') ? before !== undefined : words.has('XX') && before === undefined) {
    return words.has('GET') ? old : model.nil;
  }
  model.put(name, args[1] as Buffer, { expiry: words.has('KEEPTTL') ? before?.expiry : expiry });
  return words.has('GET') ? old : OK;
}

function setWithTime(word: 'EX' | 'PX', command: string): Rules[string] {
  return (model, args) => {
    const expiry = readTime(word, args[1] as Buffer, model.now, command);
    if (Buffer.isBuffer(expiry)) return expiry;
    model.put(key(args), args[2] as Buffer, { expiry });
    return OK;
  };
}

function getex(model: Model, args: readonly Buffer[]): Expected {
  const options = readOptions(args.slice(1), ['PERSIST'], ['PERSIST']);
  if (options === undefined) return SYNTAX;
  const name = key(args);
  const entry = model.get(name);
  if (entry === undefined) return model.nil;
  const { time, words } = options;
  const expiry = time === undefined ? undefined : readTime(time.word, time.value, model.now, 'getex');
  if (Buffer.isBuffer(expiry)) return expiry;
  if (time !== undefined || words.has('PERSIST')) model.database.set(name, { ...entry, expiry });
  return bulk(entry.value);
}

function pairs(args: readonly Buffer[]): [string, Buffer][] {
  const found: [string, Buffer][] = [];
  for (let i = 0; i < args.length; i += 2) found.push([key(args, i), args[i + 1] as Buffer]);
  return found;
}

function wrongArity(command: string): Buffer {
  return error(`ERR wrong number of arguments for '${command}' command`);
}

function setrange(model: Model, args: readonly Buffer[]): Expected {
  const name = key(args);
  const offset = parseInteger(args[1] as Buffer);
  const value = args[2] as Buffer;
  if (offset === undefined) return NOT_INTEGER;
  if (offset < 0n) return error('ERR offset is out of range');
  const before = model.valueOf(name);
  if (value.length === 0) return integer(before.length);
  if (offset + BigInt(value.length) > LONGEST) return TOO_LONG;
  const changed = Buffer.alloc(Math.max(before.length, Number(offset) + value.length));
  before.copy(changed);
  value.copy(changed, Number(offset));
  model.edit(name, changed, true);
  return integer(changed.length);
}

function getrange(model: Model, args: readonly Buffer[]): Expected {
  const from = parseInteger(args[1] as Buffer);
  const to = parseInteger(args[2] as Buffer);
  if (from === undefined || to === undefined) return NOT_INTEGER;
  const value = model.valueOf(key(args));
  const length = BigInt(value.length);
  if (from < 0n && to < 0n && from > to) return bulk('');
  const place = (n: bigint) => (n < 0n ? (n + length < 0n ? 0n : n + length) : n);
  const end = place(to) < length ? place(to) : length - 1n;
  return place(from) > end ? bulk('') : bulk(value.subarray(Number(place(from)), Number(end) + 1));
}

export const STRINGS: Rules = {
  get: (model, args) => shown(model, key(args)),
  set,
  setex: setWithTime('EX', 'setex') as Rules[string],
  psetex: setWithTime('PX', 'psetex') as Rules[string],
  setnx: (model, args) => {
    if (model.get(key(args)) !== undefined) return integer(0);
    model.put(key(args), args[1] as Buffer);
    return integer(1);
  },
  getex,
  getdel: (model, args) => {
    const reply = shown(model, key(args));
    model.database.delete(key(args));
    return reply;
  },
  getset: (model, args) => {
    const reply = shown(model, key(args));
    model.put(key(args), args[1] as Buffer);
    return reply;
  },
  mget: (model, args) => array(args.map((_, i) => shown(model, key(args, i)))),
  mset: (model, args) => {
    if (args.length % 2 !== 0) return wrongArity('mset');
    for (const [name, value] of pairs(args)) model.put(name, value);
    return OK;
  },
  msetnx: (model, args) => {
    if (args.length % 2 !== 0) return wrongArity('msetnx');
    if (pairs(args).some(([name]) => model.get(name) !== undefined)) return integer(0);
    for (const [name, value] of pairs(args)) model.put(name, value);
    return integer(1);
  },
  append: (model, args) => {
    const name = key(args);
    const isNew = model.get(name) === undefined;
    const value = Buffer.concat([model.valueOf(name), args[1] as Buffer]);
    model.edit(name, value, !isNew);
    return integer(value.length);
  },
  strlen: (model, args) => integer(model.valueOf(key(args)).length),
  getrange,
  substr: getrange,
  setrange,
};
