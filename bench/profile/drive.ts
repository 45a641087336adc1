/** Loads the server that is profiled. */

import { Generator } from '../server/generator/client.js';
import type { Outcome } from '../server/generator/messages.js';
import type { Keys } from '../support/requests.js';
import type { RunningServer } from '../support/servers.js';
import type { Options } from './options.js';

/** GETs a second of each connection beside KEYS. */
const RATE = 500;

/** Fills the server, and gives it the workload for so long as it is to last. */
export async function drive({ port, pid }: RunningServer, options: Options): Promise<Outcome> {
  const { workload, valueBytes, connections, pipeline, seconds } = options;
  const keys: Keys = { prefix: 'key:', count: options.keys };
  const generator = new Generator();
  try {
    await generator.run({ kind: 'fill', port, keys, valueBytes, options: [] }, 300_000);
    if (workload === 'keys') return await besideKeys(generator, { port, pid }, keys, options);
    const command = workload === 'get' ? 'GET' : 'SET';
    const load = { command, keys, valueBytes, connections, pipeline, seconds, warmupSeconds: 0 } as const;
    return await generator.run({ kind: 'closed-loop', port, pid, ...load });
  } finally {
    await generator.close();
  }
}

async function besideKeys(
  generator: Generator,
  { port, pid }: Pick<RunningServer, 'port' | 'pid'>,
  keys: Keys,
  { valueBytes, connections, seconds }: Options,
): Promise<Outcome> {
  const background = new Generator();
  try {
    const slow = background.start({ kind: 'keys-loop', port, count: keys.count });
    const gets = generator.start({ kind: 'paced-gets', port, pid, keys, valueBytes, connections, rate: RATE });
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
    const outcome = await gets.stop();
    await slow.stop();
    return outcome;
  } finally {
    await background.close();
  }
}
