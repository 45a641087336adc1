import { describe, expect, it } from 'vitest';
import { type DirectFailure, DirectLane } from '../../../src/acceptor/direct-lane.js';
import type { ShardPort } from '../../../src/acceptor/shard-port.js';
import { BATCH_CONNECTION, BATCH_EXCHANGE, BATCH_SIZE } from '../../../src/engine/layout/batch.js';
import { ORDER_THROW } from '../../../src/engine/layout/control.js';
import { DIRECT_OUT } from '../../../src/engine/layout/memory.js';

const SIZE = 32;
const RECORD = 24;

/** An engine that answers each batch with a record, and fails in the batch of exchange `failsAt`. */
class FakePort {
  readonly unsigned = new Uint32Array((DIRECT_OUT + 4096) / 4);
  readonly ran: number[] = [];
  readonly delivered: [number, number][] = [];
  single = 1;
  #changing: number;
  #failsAt: number;
  #current = 0;
  #recordsEnd = DIRECT_OUT + 8 * RECORD;
  #consumed = 0;

  constructor(failsAt: number, changing: boolean) {
    this.#failsAt = failsAt;
    this.#changing = changing ? 1 : 0;
  }

  readonly exports = {
    consumed: () => this.#consumed,
    recordsEnd: () => this.#recordsEnd,
    currentBatch: () => this.#current,
    isChanging: () => (this.#current === 0 ? 0 : this.#changing),
    abandonBatch: () => {
      this.#current = 0;
    },
    setSingle: (on: number) => {
      this.single = on;
    },
  };
  readonly engine = { unsigned: this.unsigned, bytes: new Uint8Array(this.unsigned.buffer), exports: this.exports };
  readonly meter = { execute: (at: number, end: number, area: number) => this.#execute(at, end, area) };

  #execute(start: number, end: number, area: number): number {
    this.#recordsEnd = area;
    for (let at = start; at < end; at += SIZE) {
      this.#current = at;
      const { exchange } = this.senderOf(at);
      if (exchange === this.#failsAt) {
        this.#failsAt = -1;
        throw new Error('unreachable');
      }
      this.ran.push(exchange);
      this.#recordsEnd += RECORD;
      this.#current = 0;
    }
    this.#consumed = end;
    return this.#recordsEnd - area;
  }

  passKeyNotes(): void {}

  deliverAll(start: number, end: number): void {
    this.delivered.push([start, end]);
  }

  senderOf(batch: number) {
    const word = (offset: number) => this.unsigned[(batch + offset) >> 2] as number;
    return { connection: word(BATCH_CONNECTION), exchange: word(BATCH_EXCHANGE) };
  }
}

/** Runs batches of exchanges 1 to 4 of connection 7. */
function run(port: FakePort, order = 0): DirectFailure[] {
  const batches = new Uint32Array(SIZE);
  for (let i = 0; i < 4; i++) {
    batches[(i * SIZE + BATCH_SIZE) >> 2] = SIZE;
    batches[(i * SIZE + BATCH_CONNECTION) >> 2] = 7;
    batches[(i * SIZE + BATCH_EXCHANGE) >> 2] = i + 1;
  }
  const failures: DirectFailure[] = [];
  const lane = new DirectLane(port as unknown as ShardPort);
  lane.order = order;
  const from = new Uint8Array(batches.buffer);
  lane.execute(
    from,
    0,
    4 * SIZE,
    0,
    () => undefined,
    (_, failure) => failures.push(failure),
  );
  return failures;
}

describe('the direct lane', () => {
  it('goes on behind a batch in which the engine has failed between changes', () => {
    const port = new FakePort(2, false);
    const failures = run(port);
    expect(failures).toMatchObject([{ changing: false, lost: [{ connection: 7, exchange: 2 }] }]);
    expect(port.ran).toEqual([1, 3, 4]);
    expect(port.delivered).toEqual([
      [DIRECT_OUT, DIRECT_OUT + RECORD],
      [DIRECT_OUT, DIRECT_OUT + 2 * RECORD],
    ]);
    expect(port.single).toBe(0);
  });

  it('gives up all that is left when the engine has failed within a change', () => {
    const port = new FakePort(3, true);
    const failures = run(port);
    expect(failures).toHaveLength(1);
    expect(failures[0]?.changing).toBe(true);
    expect(failures[0]?.lost.map(({ exchange }) => exchange)).toEqual([3, 4]);
    expect(port.ran).toEqual([1, 2]);
    expect(port.delivered).toEqual([[DIRECT_OUT, DIRECT_OUT + 2 * RECORD]]);
  });

  it('loses nothing, and delivers nothing twice, when it fails before it has begun', () => {
    const port = new FakePort(-1, false);
    expect(run(port, ORDER_THROW)).toMatchObject([{ changing: false, lost: [] }]);
    expect(port.ran).toEqual([1, 2, 3, 4]);
    expect(port.delivered).toEqual([
      [DIRECT_OUT, DIRECT_OUT],
      [DIRECT_OUT, DIRECT_OUT + 4 * RECORD],
    ]);
  });
});
