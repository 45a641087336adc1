/**
 * GETs at fixed times, to see how long a client waits while the server is busy with something else. A request that was
 * due while the connection still waited for a reply counts from when it was due; so a server that stands still can't
 * hide behind the requests it kept from being sent. What the generator's own timer was late is not put down to the
 * server; it shows in the stalls.
 */

import { bulkReplyBytes, Chance, Pipeline } from '../../support/requests.js';
import { type Lane, openLanes } from './lane.js';
import type { Outcome, PacedGets } from './messages.js';
import { RunMeter } from './meter.js';
import { pending, type Run } from './run.js';

const TICK_MS = 1;

export function runPacedGets(job: PacedGets): Run {
  const { promise, resolve, reject } = pending<Outcome>();
  const pacer = new Pacer(job, reject);
  pacer.start().catch(reject);
  return { outcome: promise, reset: () => pacer.reset(), stop: () => resolve(pacer.stop()) };
}

class Pacer {
  readonly #job: PacedGets;
  readonly #reject: (error: Error) => void;
  readonly #chance = new Chance(process.pid);
  readonly #request: Pipeline;
  readonly #replyBytes: number;
  readonly #interval: number;
  readonly #meter: RunMeter;
  /** When each connection's next request is due. */
  readonly #due = new Map<Lane, number>();
  #lanes: Lane[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(job: PacedGets, reject: (error: Error) => void) {
    this.#job = job;
    this.#reject = reject;
    this.#request = new Pipeline('GET', job.keys, [], 1);
    this.#replyBytes = bulkReplyBytes(job.valueBytes);
    this.#interval = 1000 / job.rate;
    this.#meter = new RunMeter(job.pid);
  }

  async start(): Promise<void> {
    const { port, connections } = this.#job;
    this.#lanes = await openLanes(connections, {
      port,
      mark: '$',
      onAnswered: (lane) => this.#onAnswered(lane),
      onError: (error) => {
        this.stop();
        this.#reject(error);
      },
    });
    const now = performance.now();
    for (const [i, lane] of this.#lanes.entries()) this.#due.set(lane, now + (i * this.#interval) / connections);
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
  }

  #tick(): void {
    for (const lane of this.#lanes) {
      const now = performance.now();
      if (!lane.busy && now >= (this.#due.get(lane) as number)) this.#send(lane, now);
    }
  }

  #send(lane: Lane, since: number): void {
    this.#request.setKey(0, this.#chance.below(this.#job.keys.count));
    this.#due.set(lane, (this.#due.get(lane) as number) + this.#interval);
    lane.since = since;
    // All connections share the bytes: they are copied, for the case that they can't be written at once.
    lane.send(Buffer.from(this.#request.bytes), this.#replyBytes);
  }

  #onAnswered(lane: Lane): void {
    const now = performance.now();
    this.#meter.note(1, now - lane.since);
    const due = this.#due.get(lane) as number;
    if (now >= due) this.#send(lane, due);
  }

  /** Requests that are on their way count from when they were due all the same. */
  reset(): void {
    this.#meter.begin();
  }

  stop(): Outcome {
    clearInterval(this.#timer);
    const now = performance.now();
    // Who has not been answered yet has waited so long at least.
    for (const lane of this.#lanes) {
      if (lane.busy) this.#meter.note(0, now - lane.since);
      lane.close();
    }
    return this.#meter.end();
  }
}
