/** Latencies into a histogram, one at a time: what a load generator does for every reply. */
import { createHistogram } from 'node:perf_hooks';
import { build, initWebAssemblySync } from 'hdr-histogram-js';
import { compileLoadEngine, LoadEngine } from '../../support/built.js';
import { Chance } from '../../support/requests.js';
import type { Case, Settings, Suite } from '../suite.js';

/** Values of one run. */
const COUNT = 1024;
const SEED = 9;
/** What all of them can tell apart: 1 us to a minute, in three digits. */
const LOWEST_US = 1;
const HIGHEST_US = 60_000_000;
const DIGITS = 3;
const STEPS = 2 ** 32;

/** A histogram that latencies are put into. */
interface Recorder {
  readonly name: string;
  record(us: number): void;
  /** Values that it holds. */
  count(): number;
  destroy?(): void;
}

/** The first is what the others are compared with. */
const RECORDERS: readonly (() => Recorder)[] = [
  ours,
  () => hdr('hdr-histogram-js, WebAssembly', true),
  () => hdr('hdr-histogram-js, JavaScript', false),
  perfHooks,
];

export function histogramSuites(_settings: Settings): (() => Suite)[] {
  return [
    () => ({
      name: `Latencies into a histogram of ${DIGITS} digits`,
      item: 'value',
      cases: RECORDERS.map((make) => () => caseOf(make())),
    }),
  ];
}

function caseOf(recorder: Recorder): Case {
  const values = latencies();
  let runs = 0;
  return {
    name: recorder.name,
    items: COUNT,
    run: () => {
      for (let i = 0; i < COUNT; i++) recorder.record(values[i] as number);
      runs++;
    },
    close: async () => {
      const count = recorder.count();
      recorder.destroy?.();
      if (count !== runs * COUNT) throw new Error(`${recorder.name}: ${count} values of ${runs * COUNT}`);
    },
  };
}

/** Most a little below 200 us, some far above: exp of a sum of uniform numbers, which is nearly normal. */
function latencies(): number[] {
  const chance = new Chance(SEED);
  const uniform = () => chance.below(STEPS) / STEPS;
  return Array.from({ length: COUNT }, () => {
    const normal = Array.from({ length: 12 }, uniform).reduce((sum, n) => sum + n, -6);
    return Math.min(HIGHEST_US, Math.max(LOWEST_US, Math.round(150 * Math.exp(normal))));
  });
}

/** As in a load test, but with a call from JavaScript for each value, which the load engine does not need. */
function ours(): Recorder {
  const { exports, words } = new LoadEngine(compileLoadEngine(), () => {});
  exports.initRecorder(1);
  const room = exports.allocate(exports.cellCount() * 8) >>> 0;
  return {
    name: "the load engine's",
    record: (us) => exports.record(0, 0, us),
    count: () => {
      const pairs = exports.drainHistogram(0, 0, room);
      let count = 0;
      for (let i = 0; i < pairs; i++) count += words[(room >> 2) + 2 * i + 1] as number;
      return count;
    },
  };
}

function hdr(name: string, useWebAssembly: boolean): Recorder {
  if (useWebAssembly) initWebAssemblySync();
  const histogram = build({
    useWebAssembly,
    bitBucketSize: 32,
    autoResize: false,
    lowestDiscernibleValue: LOWEST_US,
    highestTrackableValue: HIGHEST_US,
    numberOfSignificantValueDigits: DIGITS,
  });
  return {
    name,
    record: (us) => histogram.recordValue(us),
    count: () => histogram.totalCount,
    destroy: () => histogram.destroy(),
  };
}

function perfHooks(): Recorder {
  const histogram = createHistogram({ lowest: LOWEST_US, highest: HIGHEST_US, figures: DIGITS });
  return {
    name: 'createHistogram of node:perf_hooks',
    record: (us) => histogram.record(us),
    count: () => histogram.count,
  };
}
