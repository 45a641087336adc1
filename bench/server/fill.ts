/** Fills servers with keys, and checks that they are there. */

import { type Keys, keyOf, valueText } from '../support/requests.js';
import { withClient } from '../support/resp-client.js';
import type { RunningServer } from '../support/servers.js';
import type { Context } from './context.js';

export const KEY_PREFIX = 'key:';
const PROBES = 100;

/** Returns the seconds that it took. `options` go behind every SET's value. */
export async function fill(
  { generator }: Context,
  { name, port, output }: RunningServer,
  keys: Keys,
  valueBytes: number,
  options: readonly string[] = [],
): Promise<number> {
  const outcome = generator.run({ kind: 'fill', port, keys, valueBytes, options }, 300_000);
  const { requests, seconds } = await outcome.catch((error: Error) => {
    throw new Error(`filling ${name}: ${error.message}\n${output()}`);
  });
  if (requests !== keys.count) throw new Error(`only ${requests} of ${keys.count} keys were written`);
  return seconds;
}

/** The number of keys, and the values of some of them, or at least their lengths. */
export async function checkFilled(
  { port }: RunningServer,
  keys: Keys,
  valueBytes: number,
  how: 'value' | 'length' = 'value',
): Promise<void> {
  const value = valueText(valueBytes);
  await withClient(port, async (client) => {
    const size = await client.integer('DBSIZE');
    if (size !== keys.count) throw new Error(`there are ${size} keys instead of ${keys.count}`);
    for (let i = 0; i < PROBES; i++) {
      const index = Math.floor((i * keys.count) / PROBES);
      const reply = await client.send('GET', keyOf(keys, index));
      const isRight = how === 'value' ? reply === value : String(reply).length === valueBytes;
      if (!isRight) throw new Error(`a wrong value of ${keyOf(keys, index)}: ${String(reply).slice(0, 60)}`);
    }
  });
}

/** Removes everything. */
export async function empty({ port }: RunningServer): Promise<void> {
  await withClient(port, async (client) => {
    await client.send('FLUSHALL');
    const size = await client.integer('DBSIZE');
    if (size !== 0) throw new Error(`FLUSHALL left ${size} keys`);
  });
}
