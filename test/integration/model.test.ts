import { describe, expect, it } from 'vitest';
import { plain, type RawClient, request, type Word } from '../support/raw-client.js';
import { useServer } from '../support/servers.js';

const CLIENTS = 6;
const ROUNDS = 12;

/** Numbers that are the same in every run (mulberry32). */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * below) | 0;
  };
}

/** Values that fit into a ring, and those that the shard fetches itself: a thread that dies while it does loses them. */
const SMALL = [0, 1, 20, 500, 5000, 9000, 12_000, 15_000];
const SIZES = [0, 1, 20, 500, 5000, 17_000, 40_000, 300_000];

/** What one client's keys are by rights, and requests with the replies that they must have. */
class Model {
  readonly #values = new Map<string, string>();
  readonly #prefix: string;
  readonly #below: (below: number) => number;

  readonly #sizes: readonly number[];

  constructor(prefix: string, seed: number, sizes: readonly number[]) {
    this.#prefix = prefix;
    this.#sizes = sizes;
    this.#below = randomNumbers(seed);
  }

  #key(): string {
    return `${this.#prefix}:${this.#below(12)}`;
  }

  #value(): string {
    const sizes = this.#sizes;
    const size = sizes[Math.min(this.#below(sizes.length), this.#below(sizes.length))] as number;
    return String.fromCharCode(97 + this.#below(26)).repeat(size);
  }

  #set(key: string, value: string): string {
    this.#values.set(key, value);
    return 'OK';
  }

  #get(key: string): string | null {
    return this.#values.get(key) ?? null;
  }

  #delete(keys: readonly string[]): number {
    return keys.filter((key) => this.#values.delete(key)).length;
  }

  next(): { readonly words: Word[]; readonly reply: unknown } {
    const [a, b, c, value] = [this.#key(), this.#key(), this.#key(), this.#value()];
    switch (this.#below(10)) {
      case 0:
      case 1:
        return { words: ['SET', a, value], reply: this.#set(a, value) };
      case 2:
      case 3:
        return { words: ['GET', a], reply: this.#get(a) };
      case 4:
        return { words: ['MGET', a, b, c, a], reply: [a, b, c, a].map((key) => this.#get(key)) };
      case 5: {
        this.#set(a, value);
        this.#set(b, 'second');
        return { words: ['MSET', a, value, b, 'second'], reply: 'OK' };
      }
      case 6:
        return { words: ['DEL', a, b, c], reply: this.#delete([a, b, c]) };
      case 7: {
        this.#set(a, (this.#get(a) ?? '') + value.slice(0, 500));
        return { words: ['APPEND', a, value.slice(0, 500)], reply: this.#get(a)?.length };
      }
      case 8:
        return this.#rename(a, b);
      default:
        return { words: ['STRLEN', a], reply: this.#get(a)?.length ?? 0 };
    }
  }

  #rename(from: string, to: string): { readonly words: Word[]; readonly reply: unknown } {
    const value = this.#get(from);
    if (value === null) return { words: ['RENAME', from, to], reply: '-ERR no such key' };
    this.#delete([from]);
    return { words: ['RENAME', from, to], reply: this.#set(to, value) };
  }

  /** Sends many requests at once and compares the replies. */
  async check(client: RawClient): Promise<void> {
    const steps = Array.from({ length: 1 + this.#below(150) }, () => this.next());
    client.send(Buffer.concat(steps.map(({ words }) => request(...words))));
    const replies = (await client.replies(steps.length)).map(plain);
    for (const [i, { words, reply }] of steps.entries()) {
      // Comparing long texts with toEqual would take long to explain.
      if (JSON.stringify(replies[i]) === JSON.stringify(reply)) continue;
      const shown = [replies[i], reply].map((one) => JSON.stringify(one).slice(0, 100));
      expect.unreachable(`${words.map((word) => String(word).slice(0, 30)).join(' ')}: ${shown.join(' instead of ')}`);
    }
  }
}

describe.each([
  { shards: 1, dispatch: 'auto', crash: false },
  { shards: 4, dispatch: 'direct', crash: false },
  { shards: 4, dispatch: 'ring', crash: false },
  { shards: 3, dispatch: 'auto', crash: true },
])('many clients at once ($shards shards, dispatch $dispatch, crashes: $crash)', { timeout: 30_000 }, (options) => {
  const { crash, ...given } = options;
  const { open } = useServer({ ...given, maxmemory: '512mb', 'restart-limit': 1000 });

  it.each([1, 2])('are answered as if each were alone (seed %i)', async (seed) => {
    const admin = await open();
    const rounds = Array.from({ length: CLIENTS }, async (_, i) => {
      const model = new Model(`${seed}:${i}`, 1000 * seed + i, crash ? SMALL : SIZES);
      const client = await open();
      for (let round = 0; round < ROUNDS; round++) await model.check(client);
    });
    const done = Promise.all(rounds).then(() => true);
    // A thread that dies between two commands loses nothing.
    while (crash && !(await Promise.race([done, admin.call('DEBUG', 'SHARD', 1, 'THROW').then(() => false)]))) {
      await admin.call('PING');
    }
    await done;
  });
});
