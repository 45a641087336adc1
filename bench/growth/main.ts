/**
 * `npm run bench:growth`: how long single SETs take while the keyspace grows from nothing, which is when an index shows
 * whether it grows at once or bit by bit. Beside it a Map, and the clock alone: what takes long there was the machine.
 * Options: --keys <n>, --value <bytes>, --smoke, --json <file>.
 */
import { writeFileSync } from 'node:fs';
import { createHistogram } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { EnginePair } from '../support/engine-pair.js';
import { describeMachine, machineLine } from '../support/machine.js';
import { keyOf, Pipeline, valueText } from '../support/requests.js';
import { alignedTable } from '../support/table.js';

const KEYS = 10_000_000;
const SMOKE_KEYS = 10_000;
const LONG_US = 1000;

interface Growth {
  readonly name: string;
  readonly seconds: number;
  readonly p50Us: number;
  readonly p9999Us: number;
  readonly slowestUs: number;
  /** How many took longer than a millisecond. */
  readonly long: number;
}

/** Times `insert` for each number below `count`. */
function grow(name: string, count: number, insert: (index: number) => void): Growth {
  const histogram = createHistogram();
  const begun = performance.now();
  let long = 0;
  let since = performance.now();
  for (let i = 0; i < count; i++) {
    insert(i);
    const now = performance.now();
    const us = (now - since) * 1000;
    histogram.record(Math.max(1, Math.round(us * 1000)));
    if (us > LONG_US) long++;
    since = performance.now();
  }
  const us = (ns: number) => ns / 1000;
  return {
    name,
    seconds: (performance.now() - begun) / 1000,
    p50Us: us(histogram.percentile(50)),
    p9999Us: us(histogram.percentile(99.99)),
    slowestUs: us(histogram.max),
    long,
  };
}

function growEngine(count: number, valueBytes: number): Growth {
  const pair = new EnginePair();
  const keys = { prefix: 'key:', count };
  const pipeline = new Pipeline('SET', keys, [valueText(valueBytes)], 1);
  return grow('the engine: frame, index, item, reply', count, (index) => {
    pipeline.setKey(0, index);
    const at = pair.place(pipeline.bytes);
    pair.serve(at, at + pipeline.bytes.byteLength, 0);
  });
}

function growMap(count: number, valueBytes: number): Growth {
  const map = new Map<string, string>();
  const keys = { prefix: 'key:', count };
  const value = valueText(valueBytes);
  return grow('a Map of strings, all with one value', count, (index) => {
    map.set(keyOf(keys, index), value);
  });
}

const { values } = parseArgs({
  options: {
    keys: { type: 'string' },
    value: { type: 'string', default: '64' },
    smoke: { type: 'boolean', default: false },
    json: { type: 'string' },
  },
});
const count = Number(values.keys ?? (values.smoke ? SMOKE_KEYS : KEYS));
const machine = describeMachine();
process.stdout.write(`${machineLine(machine)}\n${count.toLocaleString('en-US')} keys of 16 bytes, set one by one\n`);
const growths = [
  grow('nothing: the clock alone', count, () => {}),
  growEngine(count, Number(values.value)),
  growMap(count, Number(values.value)),
];
const rows = growths.map(({ name, seconds, p50Us, p9999Us, slowestUs, long }) => [
  name,
  `${seconds.toFixed(1)} s`,
  `${p50Us.toFixed(2)} us`,
  `${p9999Us.toFixed(0)} us`,
  `${slowestUs.toFixed(0)} us`,
  String(long),
]);
process.stdout.write(`${alignedTable([['', 'all', 'p50', 'p99.99', 'slowest', 'over 1 ms'], ...rows])}\n`);
if (values.json !== undefined) {
  writeFileSync(values.json, `${JSON.stringify({ version: 1, machine, count, growths }, undefined, 1)}\n`);
}
