/** Times to expire: near ones, so that the clock's steps reach them, and wrong ones. */
import type { Arg } from '../../support/resp.js';
import type { Tools, Weighted } from './command.js';

const WRONG = ['0', '-1', 'x', '9223372036854775807', '9223372036854775'];

function time({ random, model }: Tools, seconds: boolean, absolute: boolean): Arg {
  if (random.chance(0.05)) return random.pick(WRONG);
  const ms = random.pick([random.between(1, 100), random.between(100, 5000), random.between(5000, 400_000)]);
  const at = Number(model.now) * (absolute ? 1 : 0) + (random.chance(0.05) ? -ms : ms);
  return String(seconds ? Math.ceil(at / 1000) : at);
}

/** An option of SET and GETEX. */
export function timeOption(tools: Tools): Arg[] {
  const word = tools.values.word(['EX', 'PX', 'EXAT', 'PXAT']);
  const upper = word.toUpperCase();
  return [word, time(tools, upper.startsWith('E'), upper.endsWith('AT'))];
}

function expire(tools: Tools): Arg[] {
  const { random, values } = tools;
  const name = random.pick(['EXPIRE', 'PEXPIRE', 'EXPIREAT', 'PEXPIREAT']);
  const conditions = random.chance(0.6) ? [] : [values.word(['NX', 'XX', 'GT', 'LT'])];
  if (random.chance(0.03)) conditions.push(values.word(['NX', 'XX', 'GT', 'LT', 'ZZ']));
  return [name, values.key(), time(tools, !name.startsWith('P'), name.endsWith('AT')), ...conditions];
}

export const TIMES: Weighted = [
  [14, expire],
  [10, ({ values }) => [values.word(['TTL', 'PTTL', 'EXPIRETIME', 'PEXPIRETIME']), values.key()]],
  [4, ({ values }) => ['PERSIST', values.key()]],
];
