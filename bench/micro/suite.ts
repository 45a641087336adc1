/** Runs cases with benchmark.js, which repeats each until it knows its mean well. */
import Benchmark from 'benchmark';
import { formatNumber } from '../support/format.js';
import type { Row } from '../support/table.js';

export interface Settings {
  readonly smoke: boolean;
  /** For each case. */
  readonly seconds: number;
}

/** One of several ways to do the same. */
export interface Case {
  readonly name: string;
  /** How many items one run handles. */
  readonly items: number;
  /** For what ends in the same call. */
  readonly run?: () => void;
  /** For what ends later. */
  readonly runLater?: () => Promise<void>;
  /** Ends what was started for it. */
  readonly close?: () => Promise<void>;
}

export interface Suite {
  readonly name: string;
  /** What the items are. */
  readonly item: string;
  /** Each is made when it is its turn, so that no thread and no memory of another one is in its way. Ours first. */
  readonly cases: readonly (() => Case | Promise<Case>)[];
}

export interface Result {
  readonly name: string;
  /** Nanoseconds for an item. */
  readonly ns: number;
  /** Half the width of the 95 % confidence interval of the mean, in percent of it. */
  readonly plusMinus: number;
  readonly samples: number;
}

/** Below this, one sample of a smoke run. */
const SMOKE_SAMPLE_SECONDS = 0.002;

export async function runSuite({ cases }: Suite, settings: Settings): Promise<Result[]> {
  const results: Result[] = [];
  for (const make of cases) {
    const one = await make();
    try {
      results.push(await runCase(one, settings));
    } finally {
      await one.close?.();
    }
  }
  return results;
}

function runCase({ name, items, run, runLater }: Case, { smoke, seconds }: Settings): Promise<Result> {
  const limits = smoke ? { minSamples: 3, maxTime: seconds, minTime: SMOKE_SAMPLE_SECONDS } : { maxTime: seconds };
  return new Promise((resolve, reject) => {
    const suite = new Benchmark.Suite();
    if (run !== undefined) suite.add(name, run, limits);
    else suite.add(name, (deferred) => runLater?.().then(() => deferred.resolve(), reject), { ...limits, defer: true });
    suite.on('cycle', ({ target }) => {
      if (target.error !== undefined) {
        reject(target.error);
        return;
      }
      const { mean, rme, sample } = target.stats;
      resolve({ name, ns: (mean / items) * 1e9, plusMinus: rme, samples: sample.length });
    });
    suite.run({ async: true });
  });
}

/** Lines of a table; the last column compares with the first case. */
export function rowsOf(item: string, results: readonly Result[]): Row[] {
  const base = results[0]?.ns ?? Number.NaN;
  const heading = ['', `ns per ${item}`, '+/-', 'per second', 'time, to the first'];
  const rows = results.map(({ name, ns, plusMinus }) => [
    name,
    formatNumber(ns),
    `${plusMinus.toFixed(1)}%`,
    formatNumber(1e9 / ns),
    `${formatNumber(ns / base)}x`,
  ]);
  return [heading, ...rows];
}
