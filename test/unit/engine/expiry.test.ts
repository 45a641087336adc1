import { expect, it } from 'vitest';
import { STATS } from '../../../src/engine/layout/memory.js';
import { STAT_ACTIVE_EXPIRED } from '../../../src/engine/layout/stats.js';
import type { Engine } from '../../../src/wasm/engine.js';
import { Random } from '../../support/random.js';
import { Stack } from '../../support/stack.js';
import { play } from './script.js';

/** Steps of a call; what it does in one is a matter of nanoseconds. */
const BUDGET = 256;

function stat({ memory }: Engine, offset: number): number {
  return Number(new DataView(memory.buffer).getBigUint64(STATS + offset, true));
}

it('is over to the millisecond for whoever asks', () =>
  play(
    new Stack(),
    `SET a 1 PX 100 => OK
     + 99
     GET a => "1"
     PTTL a => 1
     + 1
     GET a => nil
     TTL a => -2
     SET a 1 PX 100
     + 100
     SET a 2 XX => nil
     APPEND a x => 1
     TTL a => -1
     SET b 1 PX 100
     + 100
     RENAME b c => -ERR no such key
     COPY b c => 0
     INCR b => 1
     TTL b => -1`,
  ));

it('frees within a second what nobody asks for', async () => {
  const stack = new Stack({ shards: 2 });
  const random = new Random(1);
  const times = Array.from({ length: 3000 }, () => random.pick([300, 5000, 70_000, 6_000_000]) + random.below(1000));
  await stack.askAll(...times.map((ms, i) => ['SET', `k${i}`, 'v', 'PX', ms]));
  let gone = 0;
  for (const end of [1300, 6000, 71_000, 6_001_000]) {
    stack.clock.advance(end - gone);
    gone = end;
    stack.clock.advance(1000);
    gone += 1000;
    await stack.settle();
    const left = times.filter((ms) => ms > gone).length;
    expect(await stack.ask('DBSIZE')).toBe(`:${left}\r\n`);
  }
  expect(stack.shards.reduce((total, shard) => total + stat(shard, STAT_ACTIVE_EXPIRED), 0)).toBe(3000);
});

it('does no more at a time than it is told', async () => {
  const stack = new Stack();
  const [engine] = stack.shards as [Engine];
  const keys = 10_000;
  await stack.askAll(...Array.from({ length: keys }, (_, i) => ['SET', `k${i}`, 'v', 'PX', 10]));
  stack.clock.advance(1000);
  for (let left = keys; left > 0; ) {
    const more = engine.exports.expireDue(stack.clock.now(), BUDGET);
    const now = engine.exports.keysIn(0);
    expect(left - now).toBeLessThanOrEqual(BUDGET);
    expect(more !== 0 || now === 0).toBe(true);
    left = now;
  }
  expect(engine.exports.volatileKeysIn(0)).toBe(0);
});

it('follows keys that get another time, or none', async () => {
  const stack = new Stack();
  await play(
    stack,
    `MSET a 1 b 1 c 1 d 1 e 1
     PEXPIRE a 100
     PEXPIRE a 5000
     PEXPIRE b 5000
     PEXPIRE b 100
     PEXPIRE c 100
     PERSIST c
     PEXPIRE d 100
     SET d 2
     PEXPIRE e 100
     RENAME e f
     MOVE f 1
     + 1100`,
  );
  await stack.settle();
  expect(await stack.line('DBSIZE')).toBe(':3\r\n');
  expect(await stack.line('MGET a b c d')).toBe('*4\r\n$1\r\n1\r\n$-1\r\n$1\r\n1\r\n$1\r\n2\r\n');
  expect(stack.shards[0]?.exports.keysIn(1)).toBe(0);
});
