/** --verify: no server that works is accused. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FAIL_MISSING, FAIL_RESET, FAIL_STALE, FAIL_WRONG } from '../../../../src/load/engine/layout.js';
import { random } from '../report/random.js';
import { type Changes, GET, Harness, INSERT, MODIFY, SET } from './harness.js';
import { bulk, parseCommands } from './requests.js';

const SEED = 51;
const ACCUSATIONS: readonly number[] = [FAIL_MISSING, FAIL_STALE, FAIL_WRONG];

interface Request {
  readonly name: string;
  readonly key: string;
  readonly value: Buffer | undefined;
  reply?: Buffer;
}

/**
 * A server that executes each request at once, at any time between its arrival and its reply; the requests of a
 * connection in order, those of different ones in any. Writes of a connection that broke may still happen.
 */
class Server {
  readonly store = new Map<string, Buffer>();
  readonly arrived: Request[][];
  readonly #draw: () => number;
  readonly #orphans: Request[] = [];

  constructor(connections: number, draw: () => number) {
    this.arrived = Array.from({ length: connections }, () => []);
    this.#draw = draw;
  }

  take(connection: number, bytes: Buffer): void {
    for (const [name, key, value] of parseCommands(bytes)) {
      this.arrived[connection]?.push({ name: String(name), key: String(key), value: value && Buffer.from(value) });
    }
  }

  execute(connection: number): void {
    const next = this.arrived[connection]?.find(({ reply }) => reply === undefined);
    if (next !== undefined) next.reply = this.#apply(next);
  }

  #apply({ name, key, value }: Request): Buffer {
    if (name === 'GET') return bulk(this.store.get(key));
    if (this.#draw() < 0.1) return Buffer.from('-OOM not now\r\n');
    this.store.set(key, value as Buffer);
    return Buffer.from('+OK\r\n');
  }

  /** The replies that may leave now, some of them. */
  replies(connection: number): Buffer {
    const queue = this.arrived[connection] ?? [];
    const leaving: Buffer[] = [];
    while (queue[0]?.reply !== undefined && this.#draw() < 0.7) leaving.push(queue.shift()?.reply as Buffer);
    return Buffer.concat(leaving);
  }

  break(connection: number): void {
    this.#orphans.push(...(this.arrived[connection]?.splice(0) ?? []).filter(({ reply }) => reply === undefined));
  }

  executeOrphan(): void {
    const i = Math.floor(this.#draw() * this.#orphans.length);
    const [orphan] = this.#orphans.splice(i, 1);
    if (orphan !== undefined) this.#apply(orphan);
  }
}

const CONNECTIONS = 4;

function simulate(seed: number, lies = false): { accused: number; checked: number } {
  const draw = random(seed);
  const changes: Changes = {
    seed,
    connections: CONNECTIONS,
    pipeline: 1 + Math.floor(draw() * 4),
    workload: { operations: [GET, SET, MODIFY, { ...INSERT, weight: 0.1 }], keys: 3, verify: true },
  };
  const harness = new Harness(changes);
  const server = new Server(CONNECTIONS, draw);
  const past: Buffer[] = [];
  for (let step = 0; step < 1000; step++) {
    const connection = Math.floor(draw() * CONNECTIONS);
    const action = draw();
    if (action < 0.3) {
      harness.exports.fill(connection, step);
      server.take(connection, harness.build(connection));
    } else if (action < 0.6) {
      server.execute(connection);
    } else if (action < 0.97) {
      const bytes = server.replies(connection);
      expect(harness.receive(bytes, step, connection)).toBe(0);
    } else if (action < 0.98) {
      server.break(connection);
      harness.exports.dropped(connection, FAIL_RESET, step);
      harness.exports.opened(connection, 0, 0, step);
    } else {
      server.executeOrphan();
      if (lies) rollBack(server, past, draw);
    }
  }
  const accused = harness.failures.filter(({ kind }) => ACCUSATIONS.includes(kind)).length;
  return { accused, checked: harness.exports.checkedValues() };
}

/** The canary: the server goes back to what a key was some time ago. */
function rollBack(server: Server, past: Buffer[], draw: () => number): void {
  const old = past[0];
  const key = 'key:000001';
  const now = server.store.get(key);
  if (now !== undefined) past.push(now);
  if (old !== undefined && draw() < 0.5) server.store.set(key, old);
}

describe('a server that works', () => {
  it('is never accused', () => {
    let checked = 0;
    fc.assert(
      fc.property(fc.nat(2 ** 31), (seed) => {
        const result = simulate(seed);
        expect(result.accused).toBe(0);
        checked += result.checked;
      }),
      { seed: SEED, numRuns: 30 },
    );
    expect(checked).toBeGreaterThan(1000);
  });

  it('would be, if it went back in time', () => {
    let accused = 0;
    for (let seed = 0; seed < 15; seed++) accused += simulate(seed, true).accused;
    expect(accused).toBeGreaterThan(10);
  });
});
