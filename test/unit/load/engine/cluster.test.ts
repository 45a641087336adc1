/** Requests go to the node that serves their key. */
import { describe, expect, it } from 'vitest';
import { FAIL_MOVED, FAIL_RESET } from '../../../../src/load/engine/layout.js';
import { type Changes, Harness, INSERT, openLoop, SET } from './harness.js';
import { countCommands, parseCommands } from './requests.js';

const MISS = '$-1\r\n';

describe('a cluster', () => {
  const NODES = 3;

  function slotOf(harness: Harness, key: string): number {
    const bytes = Buffer.from(key);
    return harness.exports.slotOf(harness.engine.keep(bytes), bytes.length);
  }

  /** A connection to each of three nodes, which have every third slot. */
  function cluster(changes: Changes = {}): Harness {
    const harness = new Harness({ connections: NODES, pipeline: 4, ...changes, target: { cluster: true } }, 0, {
      closed: true,
    });
    const at = (harness.exports.slotTable() >>> 0) / 2;
    new Uint16Array(harness.engine.bytes.buffer).set(
      Array.from({ length: 16_384 }, (_, slot) => slot % NODES),
      at,
    );
    for (let i = 0; i < NODES; i++) harness.exports.opened(i, i, 0, 0);
    return harness;
  }

  it('has slots by CRC16, and by what braces tell', () => {
    const harness = new Harness({});
    const known: [string, number][] = [
      ['123456789', 0x31c3],
      ['', 0],
      ['foo', 12_182],
      ['{user1000}.following', 3443],
      ['user1000', 3443],
      ['foo{}{bar}', 8363],
      ['foo{{bar}}zap', 4015],
      ['{bar', 4015],
      ['foo{bar}{zap}', 5061],
      ['bar', 5061],
    ];
    for (const [key, slot] of known) expect(slotOf(harness, key), key).toBe(slot);
  });

  it('gets requests where their keys are', () => {
    const harness = cluster();
    for (let i = 0; i < NODES; i++) {
      const commands = parseCommands(harness.fill(0, i));
      expect(commands).toHaveLength(4);
      for (const [, key] of commands) expect(slotOf(harness, String(key)) % NODES).toBe(i);
    }
    const opened = cluster(openLoop(1000, { pipeline: 100 }));
    for (const [node, bytes] of opened.begin(100_000)) {
      for (const [, key] of parseCommands(bytes)) expect(slotOf(opened, String(key)) % NODES).toBe(node);
    }
    expect(opened.counts().sent).toBe(100);
  });

  it('is asked again when a key has moved, and the request counts once', () => {
    for (const text of ['MOVED 5 10.0.0.1:7', 'ASK 5 10.0.0.1:7', 'TRYAGAIN multiple keys']) {
      const harness = cluster({ pipeline: 1, requests: 1 });
      harness.fill();
      harness.receive(`-${text}\r\n`);
      expect(harness.failures).toEqual([{ kind: FAIL_MOVED, text }]);
      expect(harness.exports.outstanding()).toBe(1);
      expect(countCommands(harness.fill())).toBe(1);
      harness.receive(MISS);
      expect(harness.counts()).toMatchObject({ sent: 1, succeeded: 1, failed: 0 });
      expect(harness.exports.outstanding()).toBe(0);
    }
  });

  it('gets every key in sequence, each once a round', () => {
    const harness = cluster({ workload: { operations: [SET], keys: 60, distribution: { kind: 'sequential' } } });
    const rounds = new Map<string, number>();
    for (let i = 0; i < 60; i++) {
      const commands = parseCommands(harness.fill(0, i % NODES));
      for (const [, key] of commands) rounds.set(String(key), (rounds.get(String(key)) ?? 0) + 1);
      harness.receive('+OK\r\n'.repeat(commands.length), 0, i % NODES);
    }
    expect(rounds.size).toBe(60);
    const counts = [...rounds.values()];
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(3);
  });

  it('gets every inserted key, however fast its nodes are', () => {
    const harness = cluster({ workload: { operations: [INSERT], keys: 10 } });
    const inserted: number[] = [];
    const random = [0, 0, 0, 1, 2, 0, 1, 1, 2, 2, 1, 2];
    for (let i = 0; i < 120; i++) {
      const c = random[i % random.length] as number;
      const commands = parseCommands(harness.fill(0, c));
      for (const [, key] of commands) inserted.push(Number(String(key).slice(4)));
      harness.receive('+OK\r\n'.repeat(commands.length), 0, c);
    }
    expect(new Set(inserted).size).toBe(480);
    expect(Math.min(...inserted)).toBe(10);
    expect(Math.max(...inserted)).toBeLessThan(600);
  });

  it('lets requests wait for a node that is away, without those of others', () => {
    const harness = cluster(openLoop(1000, { pipeline: 1000 }));
    harness.exports.dropped(2, FAIL_RESET, 0);
    const sent = [...harness.begin(500_000).values()].reduce((sum, bytes) => sum + countCommands(bytes), 0);
    expect(sent).toBeGreaterThan(200);
    expect(sent).toBeLessThan(450);
    expect(harness.exports.outstanding()).toBe(500);
    harness.exports.opened(2, 2, 0, 500_000);
    expect(countCommands(harness.begin(500_000).get(2))).toBe(500 - sent);
  });

  it('has places for so many, and begins no more', () => {
    const harness = cluster(openLoop(1_000_000, { pipeline: 4 }));
    for (let i = 0; i < NODES; i++) harness.exports.dropped(i, FAIL_RESET, 0);
    harness.beginOnly(200_000);
    expect(harness.exports.outstanding()).toBe(65_536);
    expect(harness.exports.nextDue()).toBe(65_536.5);
  });
});
