/** A run of the fuzzer: random requests go to the server and to the model, and the replies are compared. */
import { Random } from '../support/random.js';
import { elementsOf, request } from '../support/resp.js';
import { Stack } from '../support/stack.js';
import type { TestClient } from '../support/test-client.js';
import { deliver } from './delivery.js';
import { type Asked, FuzzFailure } from './failure.js';
import { Requests, type Sizes } from './generate/index.js';
import { type Expected, Model, RULES, type Rules } from './model/index.js';
import { type FuzzOptions, replayCommand } from './options.js';

const DATABASES = 4;
const SCAN_ROUNDS_MAX = 100_000;

export interface PlayOptions extends FuzzOptions {
  /** Rules of the model; others than the right ones show that the comparison sees what is wrong. */
  readonly rules?: Rules;
  /** Whether to go on, asked after every round. */
  readonly goOn?: (commands: number) => boolean;
}

class Player {
  readonly #options: PlayOptions;
  readonly #random: Random;
  readonly #rules: Rules;
  readonly #stack: Stack;
  readonly #client: TestClient;
  readonly #model = new Model(DATABASES);
  readonly #requests: Requests;
  readonly #burst: number;
  commands = 0;

  constructor(options: PlayOptions) {
    const { seed, shards, dispatch, rules = RULES } = options;
    const random = new Random(seed);
    this.#options = options;
    this.#random = random;
    this.#rules = rules;
    const sizes: Sizes = { keys: random.pick([10, 100, 3000]), valueMax: random.pick([1000, 100_000, 3_000_000]) };
    this.#burst = random.pick([1, 20, 200]);
    this.#requests = new Requests(random, sizes);
    this.#stack = new Stack({
      shards,
      dispatch,
      databases: DATABASES,
      maxmemory: shards * 1024 ** 3,
      slowFrom: random.chance(0.3) ? 0 : -1,
      cores: random.pick([2, 8]),
      hashKey: [BigInt(random.word()), BigInt(random.word())],
    });
    this.#client = this.#stack.connect();
  }

  async begin(): Promise<void> {
    if (!this.#random.chance(0.5)) return;
    this.#model.protocol = 3;
    this.#client.send(request('HELLO', '3'));
    await this.#stack.settle();
    this.#client.takeBytes();
  }

  async round(number: number): Promise<void> {
    this.#model.now = BigInt(this.#stack.clock.now());
    const asked = Array.from({ length: 1 + this.#random.below(this.#burst) }, () => this.#ask());
    const bytes = Buffer.concat(asked.map(({ words }) => request(...words)));
    deliver(this.#random, this.#stack, this.#client, bytes);
    await this.#stack.settle();
    this.#compare(number, asked);
    if (this.#random.chance(0.03)) await this.#scan(number);
    if (this.#random.chance(0.5)) this.#stack.clock.advance(this.#step());
  }

  #ask(): Asked {
    const words = this.#requests.next(this.#model);
    const [name, ...args] = words as [Buffer, ...Buffer[]];
    const rule = this.#rules[name.toString('latin1').toLowerCase()];
    if (rule === undefined) throw new Error(`the model has no rule for ${name}`);
    this.commands++;
    return { words, expected: rule(this.#model, args) };
  }

  #step(): number {
    const random = this.#random;
    return random.pick([random.below(20), random.below(300), random.below(5000), random.below(100_000)]);
  }

  #compare(number: number, asked: readonly Asked[]): void {
    const replies = this.#client.takeReplies();
    for (const [i, one] of asked.entries()) {
      if (!isRight(one.expected, replies[i])) throw new FuzzFailure(this.#options, number, one, replies[i]);
    }
    if (replies.length > asked.length) throw new Error(`${replies.length} replies to ${asked.length} requests`);
  }

  /** SCAN from beginning to end: each key at least once, and no others. */
  async #scan(number: number): Promise<void> {
    const found = new Set<string>();
    let cursor = '0';
    for (let i = 0; i < SCAN_ROUNDS_MAX; i++) {
      this.#client.send(request('SCAN', cursor, 'COUNT', this.#random.between(1, 50)));
      await this.#stack.settle();
      const [next, keys] = elementsOf(this.#client.takeReplies()[0] as Buffer) as [Buffer, Buffer];
      for (const key of elementsOf(keys)) found.add(content(key));
      cursor = content(next);
      if (cursor === '0') break;
    }
    const live = this.#model.live();
    const isWhole = live.length === found.size && live.every((key) => found.has(key));
    if (isWhole) return;
    const asked = { words: [Buffer.from('SCAN')], expected: { text: `${live.length} keys`, accepts: () => false } };
    throw new FuzzFailure(this.#options, number, asked, Buffer.from(`${found.size} keys`));
  }
}

function content(bulk: Buffer): string {
  return bulk.toString('latin1', bulk.indexOf('\r\n') + 2, bulk.length - 2);
}

function isRight(expected: Expected, reply: Buffer | undefined): boolean {
  if (reply === undefined) return false;
  return Buffer.isBuffer(expected) ? expected.equals(reply) : expected.accepts(reply);
}

/** Plays as many rounds as it is told, or until `goOn` says no; returns how many commands that were. */
export async function play(options: PlayOptions): Promise<number> {
  const player = new Player(options);
  await player.begin();
  for (let round = 0; round < options.rounds; round++) {
    try {
      await player.round(round);
    } catch (error) {
      if (error instanceof FuzzFailure) throw error;
      throw new Error(`round ${round}: ${replayCommand({ ...options, rounds: round + 1 })}`, { cause: error });
    }
    if (options.goOn?.(player.commands) === false) break;
  }
  return player.commands;
}
