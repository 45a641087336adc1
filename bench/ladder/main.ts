/**
 * `npm run bench:ladder`: the same GETs and SETs at each layer. Each rung is bounded by the one below it, so a bad
 * number shows where it comes from.
 *
 *   engine    frame, execute and reply, in one thread, in process
 *   ring      the engine in a shard's thread, behind its rings
 *   sockets   the server, dispatch auto and ring, with clients over the loopback interface
 *
 * Options: --rounds <n>, --seconds <s> for each measurement, --keys <n>, --smoke, --ports <from-to>, --json <file>.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { EnginePair } from '../support/engine-pair.js';
import { formatNumber } from '../support/format.js';
import { describeMachine, machineLine } from '../support/machine.js';
import { usePorts } from '../support/ports.js';
import { spreadOf } from '../support/statistics.js';
import { alignedTable, type Row } from '../support/table.js';
import { climbEngine } from './engine-rung.js';
import { CONNECTIONS, RingRung } from './ring-rung.js';
import { SocketRung } from './socket-rung.js';
import { type Command, fillShard } from './workload.js';

const RUNGS = ['engine', 'ring', 'sockets, ring', 'sockets, auto'] as const;
/** The rung below each. A server in auto mode executes in its own thread: the engine is what bounds it. */
const BELOW: Readonly<Record<string, string>> = { ring: 'engine', 'sockets, ring': 'ring', 'sockets, auto': 'engine' };
const DEPTHS = [1, 16, 64];

interface Step {
  readonly command: Command;
  readonly depth: number;
  /** Commands a second by rung, one for each round. */
  readonly samples: Record<string, number[]>;
  /** Rungs where the load generator was the limit. */
  readonly bounded: Set<string>;
}

interface Settings {
  readonly rounds: number;
  readonly seconds: number;
  readonly keys: number;
}

async function climb({ rounds, seconds, keys }: Settings): Promise<Step[]> {
  const steps: Step[] = DEPTHS.flatMap((depth) =>
    (['GET', 'SET'] as const).map((command) => ({ command, depth, samples: {}, bounded: new Set<string>() })),
  );
  const alone = new EnginePair();
  fillShard(alone, keys);
  const shared = new EnginePair(CONNECTIONS);
  fillShard(shared, keys);
  const ring = await RingRung.start(shared);
  const auto = await SocketRung.start('auto', keys);
  const rings = await SocketRung.start('ring', keys);
  for (let round = 0; round < rounds; round++) {
    for (const step of steps) {
      const { command, depth, bounded } = step;
      const add = (rung: string, perSecond: number) => {
        step.samples[rung] ??= [];
        step.samples[rung].push(perSecond);
      };
      add('engine', climbEngine(alone, command, depth, keys, seconds));
      add('ring', ring.climb(command, depth, keys, seconds));
      for (const [name, rung] of [['sockets, ring', rings] as const, ['sockets, auto', auto] as const]) {
        const outcome = await rung.climb(command, depth, keys, seconds);
        add(name, outcome.perSecond);
        if (outcome.bounded) bounded.add(name);
      }
    }
  }
  await Promise.all([ring.stop(), auto.stop(), rings.stop()]);
  return steps;
}

function rowOf({ command, depth, samples, bounded }: Step): Row {
  const median = (rung: string) => spreadOf(samples[rung] ?? [])?.median ?? Number.NaN;
  const cells = RUNGS.map((rung) => {
    const below = BELOW[rung];
    const share = below === undefined ? '' : ` ${Math.round((median(rung) / median(below)) * 100)}%`;
    return `${formatNumber(1e9 / median(rung))}${share}${bounded.has(rung) ? ' *' : ''}`;
  });
  return [`${command}, ${depth === 1 ? 'one by one' : `${depth} at a time`}`, ...cells];
}

const { values } = parseArgs({
  options: {
    rounds: { type: 'string' },
    seconds: { type: 'string' },
    keys: { type: 'string' },
    smoke: { type: 'boolean', default: false },
    ports: { type: 'string' },
    json: { type: 'string' },
  },
});
const { smoke } = values;
if (values.ports !== undefined) usePorts(values.ports);
const settings: Settings = {
  rounds: Number(values.rounds ?? (smoke ? 1 : 5)),
  seconds: Number(values.seconds ?? (smoke ? 0.02 : 0.5)),
  keys: Number(values.keys ?? (smoke ? 2000 : 1_000_000)),
};
const machine = describeMachine();
const steps = await climb(settings);
const heading = ['', 'engine', 'ring: % of engine', 'sockets, ring: % of ring', 'sockets, auto: % of engine'];
process.stdout.write(`${machineLine(machine)}
${settings.rounds} rounds, ${settings.keys.toLocaleString('en-US')} keys, 64-byte values, ${CONNECTIONS} connections
ns per command (median), and the throughput as a share of the rung that bounds it
* the load generator used a whole core: the server might do more

${alignedTable([heading, ...steps.map(rowOf)])}
`);
if (values.json !== undefined) {
  const figures = steps.map((step) => ({ ...step, bounded: [...step.bounded] }));
  writeFileSync(values.json, `${JSON.stringify({ version: 1, machine, settings, steps: figures }, undefined, 1)}\n`);
}
