import { bulkBytes, elementsOf } from '../../support/resp.js';
import { parseInteger, textOf } from './parse.js';
import {
  BAD_DATABASE,
  type Choice,
  type Expected,
  error,
  integer,
  NO_KEY,
  NOT_INTEGER,
  OK,
  SAME,
  SYNTAX,
  simple,
} from './reply.js';
import { key, type Rules } from './rule.js';
import type { Database, Model } from './state.js';

function del(model: Model, args: readonly Buffer[]): Expected {
  let count = 0;
  for (let i = 0; i < args.length; i++) {
    if (model.get(key(args, i)) !== undefined) count++;
    model.database.delete(key(args, i));
  }
  return integer(count);
}

function exists(model: Model, args: readonly Buffer[]): Expected {
  return integer(args.filter((_, i) => model.get(key(args, i)) !== undefined).length);
}

function rename(model: Model, args: readonly Buffer[], onlyNew: boolean): Expected {
  const [from, to] = [key(args), key(args, 1)];
  const entry = model.get(from);
  if (entry === undefined) return NO_KEY;
  if (from === to) return onlyNew ? integer(0) : OK;
  if (onlyNew && model.get(to) !== undefined) return integer(0);
  model.database.delete(from);
  model.database.set(to, entry);
  return onlyNew ? integer(1) : OK;
}

/** The database that an argument names, or the error. */
function readDatabase(model: Model, arg: Buffer): Database | Buffer {
  const number = parseInteger(arg);
  if (number === undefined) return NOT_INTEGER;
  return model.databases[Number(number)] ?? BAD_DATABASE;
}

function copy(model: Model, args: readonly Buffer[]): Expected {
  let target: Database = model.database;
  let replace = false;
  for (let i = 2; i < args.length; i++) {
    const word = textOf(args[i] as Buffer).toUpperCase();
    if (word === 'REPLACE') {
      replace = true;
    } else if (word === 'DB' && i + 1 < args.length) {
      const found = readDatabase(model, args[++i] as Buffer);
      if (Buffer.isBuffer(found)) return found;
      target = found;
    } else {
      return SYNTAX;
    }
  }
  const [from, to] = [key(args), key(args, 1)];
  if (target === model.database && from === to) return SAME;
  const entry = model.get(from);
  if (entry === undefined || (!replace && model.get(to, target) !== undefined)) return integer(0);
  target.set(to, entry);
  return integer(1);
}

function move(model: Model, args: readonly Buffer[]): Expected {
  const target = readDatabase(model, args[1] as Buffer);
  if (Buffer.isBuffer(target)) return target;
  if (target === model.database) return SAME;
  const entry = model.get(key(args));
  if (entry === undefined || model.get(key(args), target) !== undefined) return integer(0);
  model.database.delete(key(args));
  target.set(key(args), entry);
  return integer(1);
}

function swapdb(model: Model, args: readonly Buffer[]): Expected {
  const [a, b] = args.map(parseInteger);
  if (a === undefined) return error('ERR invalid first DB index');
  if (b === undefined) return error('ERR invalid second DB index');
  const [first, second] = [model.databases[Number(a)], model.databases[Number(b)]];
  if (first === undefined || second === undefined) return BAD_DATABASE;
  model.databases[Number(a)] = second;
  model.databases[Number(b)] = first;
  return OK;
}

/** Patterns of the fuzzer have no more than these two signs. */
function toRegExp(pattern: string): RegExp {
  const source = pattern.replace(/[^*?]/g, (c) => `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`);
  return new RegExp(`^${source.replaceAll('*', '[^]*').replaceAll('?', '[^]')}$`);
}

/** The keys in any order. */
function keys(model: Model, args: readonly Buffer[]): Choice {
  const pattern = toRegExp(key(args));
  const wanted = model.live().filter((name) => pattern.test(name));
  return {
    text: `${wanted.length} keys in any order`,
    accepts: (reply) => {
      const names = elementsOf(reply).map((element) => bulkBytes(element).toString('latin1'));
      return names.length === wanted.length && new Set(names).size === names.length && isSubset(names, wanted);
    },
  };
}

function isSubset(names: readonly string[], wanted: readonly string[]): boolean {
  const all = new Set(wanted);
  return names.every((name) => all.has(name));
}

function randomkey(model: Model): Expected {
  const wanted = new Set(model.live());
  if (wanted.size === 0) return model.nil;
  return { text: 'one of the keys', accepts: (reply) => wanted.has(bulkBytes(reply).toString('latin1')) };
}

/** What has expired may or may not have been freed. */
function dbsize(model: Model): Choice {
  const [least, most] = [model.live().length, model.database.size];
  return {
    text: `${least} to ${most}`,
    accepts: (reply) => {
      const size = Number(reply.toString('latin1', 1));
      return size >= least && size <= most;
    },
  };
}

export const KEYSPACE: Rules = {
  del,
  unlink: del,
  exists,
  touch: exists,
  type: (model, args) => simple(model.get(key(args)) === undefined ? 'none' : 'string'),
  rename: (model, args) => rename(model, args, false),
  renamenx: (model, args) => rename(model, args, true),
  copy,
  move,
  swapdb,
  keys,
  randomkey,
  dbsize,
  flushdb: (model) => {
    model.database.clear();
    return OK;
  },
  flushall: (model) => {
    for (const database of model.databases) database.clear();
    return OK;
  },
};
