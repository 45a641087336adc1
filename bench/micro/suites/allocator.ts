/**
 * Blocks of memory, taken and given back in random order while many are held: the engine's allocator, called from
 * JavaScript for each block, beside what JavaScript would use. Inside the engine there is no such call to pay for.
 */
import { EnginePair } from '../../support/engine-pair.js';
import { Chance } from '../../support/requests.js';
import type { Case, Settings, Suite } from '../suite.js';

const SIZES = [
  { name: '64 bytes', least: 64, most: 64 },
  { name: '1 KiB', least: 1024, most: 1024 },
  { name: '16 bytes to 4 KiB', least: 16, most: 4096 },
];
/** Blocks that are held at any time. */
const HELD = 16_384;
const SMOKE_HELD = 256;
/** Blocks of one run, so that it is longer than the clock is coarse. */
const COUNT = 64;
/** So many exchanges are drawn, and then come again. */
const DRAWN = 65_536;
const SEED = 7;

interface Load {
  readonly held: number;
  /** Which of the blocks goes, and how large the one is that comes for it. */
  readonly places: Uint32Array;
  readonly sizes: Uint32Array;
}

/** One way to have blocks. `B` is what a block is known by. */
interface Allocator<B> {
  take(size: number): B;
  give(block: B): void;
}

export function allocatorSuites({ smoke }: Settings): (() => Suite)[] {
  return SIZES.slice(0, smoke ? 1 : undefined).map(({ name, least, most }) => () => {
    const load = drawLoad(smoke ? SMOKE_HELD : HELD, least, most);
    return {
      name: `Blocks of ${name}: one goes, one comes; ${load.held.toLocaleString('en-US')} are held`,
      item: 'block',
      cases: [
        () => exchange('ours, a call for each', load, engineAllocator()),
        () => exchange('free lists of powers of two in JavaScript', load, new FreeLists()),
        () => exchange('Buffer.allocUnsafe, freed by the garbage collector', load, buffers),
        () => exchange('Buffer.allocUnsafeSlow, the same', load, slowBuffers),
      ],
    };
  });
}

function drawLoad(held: number, least: number, most: number): Load {
  const chance = new Chance(SEED);
  const draw = (limit: number) => Uint32Array.from({ length: DRAWN }, () => chance.below(limit));
  return { held, places: draw(held), sizes: draw(most - least + 1).map((more) => least + more) };
}

function exchange<B>(name: string, { held, places, sizes }: Load, allocator: Allocator<B>): Case {
  const blocks = Array.from({ length: held }, (_, i) => allocator.take(sizes[i % DRAWN] as number));
  let n = 0;
  return {
    name,
    items: COUNT,
    run: () => {
      for (let i = 0; i < COUNT; i++) {
        const place = places[n] as number;
        allocator.give(blocks[place] as B);
        blocks[place] = allocator.take(sizes[n] as number);
        n = (n + 1) % DRAWN;
      }
    },
    close: async () => {
      for (const block of blocks) allocator.give(block);
    },
  };
}

function engineAllocator(): Allocator<number> {
  const { exports } = new EnginePair().acceptor;
  return {
    take: (size) => {
      const block = exports.takeRoom(size);
      if (block === 0) throw new Error('there is no memory left');
      return block;
    },
    give: (block) => exports.giveRoom(block),
  };
}

const buffers: Allocator<Buffer> = { take: (size) => Buffer.allocUnsafe(size), give: () => {} };
const slowBuffers: Allocator<Buffer> = { take: (size) => Buffer.allocUnsafeSlow(size), give: () => {} };

/** The plain way: a size is rounded up to a power of two, which has a list of its own. A word before a block says which. */
class FreeLists implements Allocator<number> {
  readonly #words = new Uint32Array(64 * 1024 * 1024);
  readonly #free: number[][] = Array.from({ length: 32 }, () => []);
  /** First word that was never handed out. */
  #fresh = 0;

  take(size: number): number {
    const power = 32 - Math.clz32(Math.ceil(size / 4) - 1);
    return this.#free[power]?.pop() ?? this.#takeFresh(power);
  }

  #takeFresh(power: number): number {
    const block = this.#fresh + 1;
    this.#fresh = block + 2 ** power;
    if (this.#fresh > this.#words.length) throw new Error('there is no memory left');
    this.#words[block - 1] = power;
    return block;
  }

  give(block: number): void {
    this.#free[this.#words[block - 1] as number]?.push(block);
  }
}
