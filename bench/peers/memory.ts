/** Resident memory that an item takes: how much a fresh server grows when it is filled. Once: rounds hardly differ. */
import { say, sleep } from '../server/context.js';
import { residentBytes } from '../support/process-figures.js';
import { ETCD } from './contestants.js';
import { type Context, fill, isWanted, type Running, withContestants } from './context.js';
import { sizeText } from './mix.js';

const SECTION = 'memory';
const GROUP = 'Resident bytes per item (key of 16 B)';
/** Allocators and garbage collectors settle. */
const SETTLE_MS = 1000;
const SMOKE_SETTLE_MS = 50;
/** Keys that are stored before the beginning, so that code and buffers are there. */
const WARM_KEYS = 1000;

interface Size {
  readonly valueBytes: number;
  /** A share of the many keys. */
  readonly share: number;
}

const SIZES: readonly Size[] = [
  { valueBytes: 64, share: 1 },
  { valueBytes: 1024, share: 0.2 },
];

export async function measureMemory(context: Context): Promise<void> {
  const { manyKeys, smoke } = context.options;
  const contestants = context.contestants.filter(({ name }) => name !== ETCD);
  for (const { valueBytes, share } of smoke ? SIZES.slice(0, 1) : SIZES) {
    const id = `${SECTION}/${valueBytes}`;
    if (!isWanted(context, id)) continue;
    const items = Math.ceil(manyKeys * share);
    say(`memory, values of ${sizeText(valueBytes)}, ${items} items\n`);
    for (const contestant of contestants) {
      await context.figures.attempt(`${id}, ${contestant.name}`, () =>
        withContestants([contestant], async ([running]) => {
          const bytes = await growth(running as Running, items, valueBytes, smoke);
          const label = `value of ${sizeText(valueBytes)}, ${items.toLocaleString('en-US')} items`;
          context.figures.add({ id, group: GROUP, label, unit: 'bytes' }, contestant.name, 0, bytes);
        }),
      );
    }
  }
}

async function growth(running: Running, items: number, valueBytes: number, smoke: boolean): Promise<number> {
  const resident = async () => {
    await sleep(smoke ? SMOKE_SETTLE_MS : SETTLE_MS);
    const bytes = residentBytes(running.server.pid);
    if (bytes === undefined) throw new Error('the resident memory of a process can not be read here');
    return bytes;
  };
  const warm = smoke ? 0 : WARM_KEYS;
  if (warm > 0) await fill(running, warm, valueBytes);
  const before = await resident();
  await fill(running, items, valueBytes);
  return ((await resident()) - before) / (items - warm);
}
