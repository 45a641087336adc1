import { describe, expect, it } from 'vitest';
import { FuzzFailure } from './failure.js';
import { RULES } from './model/index.js';
import { play } from './play.js';

const DISPATCHES = ['direct', 'ring', 'auto'] as const;
const SEEDS = [1, 2, 3];
const ROUNDS = 60;

describe.each(DISPATCHES)('dispatch %s', (dispatch) => {
  it.each([1, 4])(
    'answers as the model does, %i shard(s)',
    async (shards) => {
      for (const seed of SEEDS) await play({ seed, shards, dispatch, rounds: ROUNDS });
    },
    60_000,
  );
});

it('answers as the model does, with a seed that nobody has chosen', async () => {
  const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 32));
  console.log(`fuzz: seed ${seed}`);
  for (const shards of [1, 4]) await play({ seed, shards, dispatch: 'auto', rounds: ROUNDS });
}, 60_000);

it('notices a model that is wrong', async () => {
  const rules = { ...RULES, getdel: RULES.get as (typeof RULES)[string] };
  await expect(play({ seed: 1, shards: 1, dispatch: 'direct', rounds: 500, rules })).rejects.toThrow(FuzzFailure);
}, 60_000);
