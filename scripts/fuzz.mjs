/**
 * Compares ringshard with a naive model for as long as it is told (test/fuzz). Stops at the first difference and says
 * how to see it again.
 *
 *   npm run fuzz -- [--seconds 60] [--seed N] [--shards N] [--dispatch auto|direct|ring] [--rounds N]
 *
 * With a seed and a number of rounds it plays that run only; otherwise it goes from seed to seed, and what is not named
 * is drawn for each.
 */
import { parseArgs } from 'node:util';
import { play } from '../test/fuzz/play.ts';

const SHARDS = [1, 2, 4, 7];
const DISPATCHES = ['auto', 'direct', 'ring'];
const ROUNDS = 300;
const SEED_LIMIT = 2 ** 32;

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    seed: { type: 'string' },
    shards: { type: 'string' },
    dispatch: { type: 'string' },
    rounds: { type: 'string' },
  },
});

const until = Date.now() + Number(values.seconds) * 1000;
const isReplay = values.seed !== undefined && values.rounds !== undefined;
const first = values.seed === undefined ? Math.floor(Math.random() * SEED_LIMIT) : Number(values.seed);

/** What is not named follows from the seed, so that a run can be had again. */
function optionsOf(seed) {
  return {
    seed,
    shards: Number(values.shards ?? SHARDS[seed % SHARDS.length]),
    dispatch: values.dispatch ?? DISPATCHES[seed % DISPATCHES.length],
    rounds: Number(values.rounds ?? ROUNDS),
  };
}

let commands = 0;
let runs = 0;
for (let seed = first; runs === 0 || (!isReplay && Date.now() < until); seed = (seed + 1) % SEED_LIMIT) {
  try {
    commands += await play({ ...optionsOf(seed), goOn: () => isReplay || Date.now() < until });
  } catch (error) {
    console.error(error.cause === undefined ? error.message : error);
    process.exit(1);
  }
  runs++;
}
console.log(`${commands} commands in ${runs} runs from seed ${first} on: the model and the server agree`);
