/** Load as fast as the server takes it: each connection has one pipeline of requests on its way at any time. */

import { bulkReplyBytes, Chance, Pipeline, valueText } from '../../support/requests.js';
import { type Lane, openLanes } from './lane.js';
import type { ClosedLoop, Outcome } from './messages.js';
import { RunMeter } from './meter.js';
import { pending, type Run, unused } from './run.js';

const OK_BYTES = '+OK\r\n'.length;

export function runClosedLoop(job: ClosedLoop): Run {
  const { promise, resolve, reject } = pending<Outcome>();
  new Loop(job, resolve, reject).start().catch(reject);
  return { outcome: promise, reset: unused, stop: unused };
}

class Loop {
  readonly #job: ClosedLoop;
  readonly #resolve: (outcome: Outcome) => void;
  readonly #reject: (error: Error) => void;
  readonly #chance = new Chance(process.pid);
  readonly #pipelines = new Map<Lane, Pipeline>();
  readonly #replyBytes: number;
  readonly #meter: RunMeter;
  #lanes: Lane[] = [];
  #measuring = false;
  #ended = false;
  #beginAt = 0;
  #endAt = 0;

  constructor(job: ClosedLoop, resolve: (outcome: Outcome) => void, reject: (error: Error) => void) {
    this.#job = job;
    this.#resolve = resolve;
    this.#reject = reject;
    const one = job.command === 'GET' ? bulkReplyBytes(job.valueBytes) : OK_BYTES;
    this.#replyBytes = one * job.pipeline;
    this.#meter = new RunMeter(job.pid);
  }

  async start(): Promise<void> {
    const { port, connections, command, keys, valueBytes, pipeline, seconds, warmupSeconds } = this.#job;
    this.#lanes = await openLanes(connections, {
      port,
      mark: command === 'GET' ? '$' : '+',
      onAnswered: (lane) => this.#onAnswered(lane),
      onError: (error) => this.#fail(error),
    });
    const rest = command === 'SET' ? [valueText(valueBytes)] : [];
    this.#beginAt = performance.now() + warmupSeconds * 1000;
    this.#endAt = this.#beginAt + seconds * 1000;
    for (const lane of this.#lanes) {
      this.#pipelines.set(lane, new Pipeline(command, keys, rest, pipeline));
      this.#send(lane, performance.now());
    }
  }

  #send(lane: Lane, now: number): void {
    const pipeline = this.#pipelines.get(lane) as Pipeline;
    const { count } = this.#job.keys;
    for (let i = 0; i < pipeline.depth; i++) pipeline.setKey(i, this.#chance.below(count));
    lane.since = now;
    lane.send(pipeline.bytes, this.#replyBytes);
  }

  #onAnswered(lane: Lane): void {
    if (this.#ended) return;
    const now = performance.now();
    if (this.#measuring) {
      this.#meter.note(this.#job.pipeline, now - lane.since);
      if (this.#isEnough(now)) {
        this.#finish();
        return;
      }
    } else if (now >= this.#beginAt) {
      this.#measuring = true;
      this.#meter.begin();
    }
    this.#send(lane, performance.now());
  }

  #isEnough(now: number): boolean {
    const { requests } = this.#job;
    return requests === undefined ? now >= this.#endAt : this.#meter.requests >= requests;
  }

  #finish(): void {
    this.#close();
    this.#resolve(this.#meter.end());
  }

  #fail(error: Error): void {
    if (this.#ended) return;
    this.#close();
    this.#reject(error);
  }

  #close(): void {
    this.#ended = true;
    for (const lane of this.#lanes) lane.close();
  }
}
