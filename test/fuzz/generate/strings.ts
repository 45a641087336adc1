import type { Arg } from '../../support/resp.js';
import { isExact, isNoNumber } from '../model/index.js';
import type { Tools, Weighted } from './command.js';
import { timeOption } from './times.js';

function setOptions(tools: Tools): Arg[] {
  const { random, values } = tools;
  const options: Arg[] = [];
  if (random.chance(0.2)) options.push(values.word(['NX', 'XX']));
  if (random.chance(0.2)) options.push(values.word(['GET']));
  if (random.chance(0.4)) options.push(...timeOption(tools));
  else if (random.chance(0.2)) options.push(values.word(['KEEPTTL']));
  if (random.chance(0.02)) options.push(random.pick(['PERSIST', 'EX', 'NX', 'KEEPTTL', 'nonsense']));
  return options;
}

function pairs({ random, values }: Tools, most: number): Arg[] {
  const args = values.keys(most).flatMap((key): Arg[] => [key, values.value()]);
  return random.chance(0.02) ? args.slice(1) : args;
}

/** Only where the result is exact; see the model. */
function incrbyfloat({ random, values, model }: Tools): Arg[] | undefined {
  const key = values.key();
  const value = model.get(key)?.value;
  if (value !== undefined && !isExact(value) && !isNoNumber(value)) return undefined;
  if (random.chance(0.05)) return ['INCRBYFLOAT', key, 'one'];
  return ['INCRBYFLOAT', key, String(random.between(-10_000, 10_000) / 4)];
}

function lcs({ random, values, model }: Tools): Arg[] | undefined {
  const [a, b] = [values.key(), values.key()];
  const cells = (model.get(a)?.value.length ?? 0) * (model.get(b)?.value.length ?? 0);
  if (cells > (random.chance(0.05) ? 400_000 : 20_000)) return undefined;
  const options: Arg[] = [];
  if (random.chance(0.5)) options.push(values.word(['IDX']));
  if (random.chance(0.2)) options.push(values.word(['LEN']));
  if (random.chance(0.3)) options.push('MINMATCHLEN', values.integer());
  if (random.chance(0.3)) options.push('WITHMATCHLEN');
  return ['LCS', a, b, ...options];
}

export const STRINGS: Weighted = [
  [30, ({ values }) => [values.word(['GET']), values.key()]],
  [30, (tools) => ['SET', tools.values.key(), tools.values.value(), ...setOptions(tools)]],
  [3, ({ values }) => ['SETNX', values.key(), values.value()]],
  [3, ({ values }) => ['SETEX', values.key(), values.integer(), values.value()]],
  [3, ({ values }) => ['PSETEX', values.key(), values.integer(), values.value()]],
  [4, ({ values }) => ['GETDEL', values.key()]],
  [4, ({ values }) => ['GETSET', values.key(), values.value()]],
  [
    5,
    (tools) => {
      const option = tools.random.chance(0.3) ? [] : timeOption(tools);
      return ['GETEX', tools.values.key(), ...(tools.random.chance(0.2) ? ['PERSIST'] : option)];
    },
  ],
  [6, ({ values }) => ['MGET', ...values.keys(8)]],
  [1, ({ values }) => ['MGET', ...values.keys(600)]],
  [6, (tools) => ['MSET', ...pairs(tools, 6)]],
  [0.3, (tools) => ['MSET', ...pairs(tools, 400)]],
  [5, (tools) => ['MSETNX', ...pairs(tools, 4)]],
  [10, ({ values }) => ['APPEND', values.key(), values.value()]],
  [5, ({ values }) => ['STRLEN', values.key()]],
  [8, ({ values }) => [values.word(['GETRANGE', 'SUBSTR']), values.key(), values.integer(), values.integer()]],
  [8, ({ values }) => ['SETRANGE', values.key(), values.offset(), values.value()]],
  [6, ({ values }) => [values.word(['INCR', 'DECR']), values.key()]],
  [6, ({ values }) => [values.word(['INCRBY', 'DECRBY']), values.key(), values.integer()]],
  [4, incrbyfloat],
  [3, lcs],
];
