import { describe, expect, it } from 'vitest';
import type { Client } from '../../../../src/acceptor/client.js';
import { Prefixes } from '../../../../src/acceptor/tracking/prefixes.js';
import { TrackingTable } from '../../../../src/acceptor/tracking/table.js';
import { Random } from '../../../support/random.js';

describe('the table of keys that clients have read', () => {
  it('knows the same as a map of sets', () => {
    const random = new Random(11);
    const table = new TrackingTable();
    const model = new Map<string, Set<number>>();
    for (let i = 0; i < 5000; i++) {
      const key = `k${random.below(50)}`;
      if (random.chance(0.8)) {
        const client = random.below(5);
        table.add(key, client);
        model.set(key, (model.get(key) ?? new Set()).add(client));
      } else {
        expect(new Set(table.take(key))).toEqual(model.get(key) ?? new Set());
        model.delete(key);
      }
      const items = [...model.values()].reduce((sum, clients) => sum + clients.size, 0);
      expect([table.size, table.items, table.oldest()]).toEqual([model.size, items, model.keys().next().value]);
    }
    table.clear();
    expect([table.size, table.items, table.oldest()]).toEqual([0, 0, undefined]);
  });
});

describe('prefixes', () => {
  const client = (noLoop: boolean) => ({ tracking: { noLoop } }) as unknown as Client;

  it('tell each client once of the keys that begin so, but not of its own with NOLOOP', () => {
    const prefixes = new Prefixes();
    const [plain, own] = [client(false), client(true)];
    prefixes.add('a', plain);
    prefixes.add('a', own);
    prefixes.add('', plain);
    expect([prefixes.note('a1', own), prefixes.note('b1', own), prefixes.note('a2', undefined)]).toEqual([
      true,
      true,
      true,
    ]);
    prefixes.note('a1', own);
    const told: [Client, readonly string[]][] = [];
    prefixes.tellAll((who, keys) => told.push([who, keys]));
    expect(told).toEqual([
      [plain, ['a1', 'a2']],
      [own, ['a2']],
      [plain, ['a1', 'b1', 'a2']],
    ]);
    prefixes.tellAll(() => expect.unreachable());
    prefixes.remove('', plain);
    expect([prefixes.size, prefixes.note('b1', undefined)]).toEqual([1, false]);
  });
});
