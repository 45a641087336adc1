import { expiryOf, parseInteger, textOf } from './parse.js';
import { type Expected, error, integer, NOT_INTEGER } from './reply.js';
import { key, type Rule, type Rules } from './rule.js';
import type { Entry, Model } from './state.js';

const CONDITIONS = new Set(['NX', 'XX', 'GT', 'LT']);

function conditionError(words: ReadonlySet<string>): Buffer | undefined {
  if (words.has('NX') && words.size > 1) {
    return error('ERR NX and XX, GT or LT options at the same time are not compatible');
  }
  if (words.has('GT') && words.has('LT')) return error('ERR GT and LT options at the same time are not compatible');
  return undefined;
}

function isAllowed(words: ReadonlySet<string>, before: bigint | undefined, at: bigint): boolean {
  if (words.has('NX') && before !== undefined) return false;
  if (words.has('XX') && before === undefined) return false;
  if (words.has('GT') && (before === undefined || at <= before)) return false;
  return !(words.has('LT') && before !== undefined && at >= before);
}

function expire(command: string, unit: 'seconds' | 'milliseconds', isAbsolute: boolean): Rule {
  return (model, args) => {
    const words = new Set<string>();
    for (const arg of args.slice(2)) {
      const word = textOf(arg).toUpperCase();
      if (!CONDITIONS.has(word)) return error(`ERR Unsupported option ${textOf(arg)}`);
      words.add(word);
    }
    const wrong = conditionError(words);
    if (wrong !== undefined) return wrong;
    const number = parseInteger(args[1] as Buffer);
    if (number === undefined) return NOT_INTEGER;
    const at = expiryOf(number, unit, isAbsolute ? 0n : model.now);
    if (at === undefined) return error(`ERR invalid expire time in '${command}' command`);
    const name = key(args);
    const entry = model.get(name);
    if (entry === undefined || !isAllowed(words, entry.expiry, at)) return integer(0);
    if (at <= model.now) model.database.delete(name);
    else model.database.set(name, { ...entry, expiry: at });
    return integer(1);
  };
}

function remaining(read: (expiry: bigint, model: Model) => bigint): Rule {
  return (model, args): Expected => {
    const entry: Entry | undefined = model.get(key(args));
    if (entry === undefined) return integer(-2);
    return integer(entry.expiry === undefined ? -1 : read(entry.expiry, model));
  };
}

/** Rounded as Redis does it, in 64 bits. */
function inSeconds(ms: bigint): bigint {
  return BigInt.asIntN(64, ms + 500n) / 1000n;
}

export const EXPIRY: Rules = {
  expire: expire('expire', 'seconds', false),
  pexpire: expire('pexpire', 'milliseconds', false),
  expireat: expire('expireat', 'seconds', true),
  pexpireat: expire('pexpireat', 'milliseconds', true),
  ttl: remaining((expiry, { now }) => inSeconds(expiry - now)),
  pttl: remaining((expiry, { now }) => expiry - now),
  expiretime: remaining((expiry) => inSeconds(expiry)),
  pexpiretime: remaining((expiry) => expiry),
  persist: (model, args) => {
    const entry = model.get(key(args));
    if (entry?.expiry === undefined) return integer(0);
    model.database.set(key(args), { ...entry, expiry: undefined });
    return integer(1);
  },
};
