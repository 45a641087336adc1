import type { Arg } from '../../support/resp.js';
import type { Tools, Weighted } from './command.js';

const PATTERNS = ['*', 'k*', 'k?', 'k1*', '*9', '?', 'none', ''];

function database({ random, model }: Tools): string {
  if (random.chance(0.03)) return random.pick(['-1', 'x', '99']);
  return String(random.below(model.databases.length));
}

function copy(tools: Tools): Arg[] {
  const { random, values } = tools;
  const options: Arg[] = [];
  if (random.chance(0.5)) options.push(values.word(['REPLACE']));
  if (random.chance(0.3)) options.push(values.word(['DB']), database(tools));
  if (random.chance(0.02)) options.push('nonsense');
  return ['COPY', values.key(), values.key(), ...options];
}

export const KEYSPACE: Weighted = [
  [8, ({ values }) => [values.word(['DEL', 'UNLINK']), ...values.keys(4)]],
  [0.5, ({ values }) => [values.word(['DEL', 'UNLINK']), ...values.keys(500)]],
  [8, ({ values }) => [values.word(['EXISTS', 'TOUCH']), ...values.keys(4)]],
  [0.5, ({ values }) => [values.word(['EXISTS', 'TOUCH']), ...values.keys(500)]],
  [3, ({ values }) => ['TYPE', values.key()]],
  [8, ({ values }) => [values.word(['RENAME', 'RENAMENX']), values.key(), values.key()]],
  [8, copy],
  [5, (tools) => ['MOVE', tools.values.key(), database(tools)]],
  [2, (tools) => ['SWAPDB', database(tools), database(tools)]],
  [2, ({ random }) => ['KEYS', random.pick(PATTERNS)]],
  [3, () => ['RANDOMKEY']],
  [4, () => ['DBSIZE']],
  [0.3, ({ random }) => ['FLUSHDB', ...random.pick([[], ['ASYNC'], ['SYNC']])]],
  [0.15, ({ random }) => ['FLUSHALL', ...random.pick([[], ['ASYNC'], ['SYNC']])]],
  [6, ({ random, model }) => ['SELECT', String(random.between(0, model.databases.length))]],
  [2, ({ random, values }) => ['PING', ...(random.chance(0.5) ? [values.value()] : [])]],
  [2, ({ values }) => ['ECHO', values.value()]],
];
