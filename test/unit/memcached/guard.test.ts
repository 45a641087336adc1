import { describe, expect, it } from 'vitest';
import { UdpGuard } from '../../../src/acceptor/udp/guard.js';

const settings = { replyFactor: 3, rate: 5, trustLoopback: true, time: 1_700_000_000_000 };

function guardWith(changes: Partial<typeof settings> = {}): { guard: UdpGuard; now: typeof settings } {
  const now = { ...settings, ...changes };
  const guard = new UdpGuard({
    replyFactor: () => now.replyFactor,
    rate: () => now.rate,
    trustLoopback: () => now.trustLoopback,
    now: () => now.time,
  });
  return { guard, now };
}

describe('an address', () => {
  it('has proved itself as long as it has a connection', () => {
    const { guard } = guardWith();
    expect(guard.isProved('192.0.2.1')).toBe(false);
    guard.opened('192.0.2.1');
    guard.opened('::ffff:192.0.2.1');
    guard.closed('192.0.2.1');
    expect(guard.isProved('::ffff:192.0.2.1')).toBe(true);
    expect(guard.isProved('192.0.2.2')).toBe(false);
    guard.closed('192.0.2.1');
    expect(guard.isProved('192.0.2.1')).toBe(false);
  });

  it('of this machine counts as proved only if it shall', () => {
    expect(guardWith().guard.isProved('127.0.0.1')).toBe(true);
    expect(guardWith().guard.isProved('::1')).toBe(true);
    expect(guardWith({ trustLoopback: false }).guard.isProved('127.0.0.1')).toBe(false);
  });

  it('may send so much in a second, and again in the next', () => {
    const { guard, now } = guardWith();
    const admitted = () => Array.from({ length: 20 }, () => guard.admits('192.0.2.1')).filter(Boolean).length;
    expect(admitted()).toBe(5);
    expect(guard.admits('192.0.2.9')).toBe(true);
    now.time += 1000;
    expect(admitted()).toBe(5);
    now.rate = 0;
    expect(admitted()).toBe(20);
  });

  it('is sent so many times what it has sent', () => {
    expect(guardWith().guard.mostFor(20)).toBe(60);
  });
});

it('takes no more memory for more addresses', () => {
  const { guard } = guardWith();
  let admitted = 0;
  // More addresses than there are counters: they share them, and each is still held to the limit.
  for (let round = 0; round < 10; round++) {
    for (let i = 0; i < 100_000; i++) if (guard.admits(`10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`)) admitted++;
  }
  expect(admitted).toBeLessThanOrEqual(65536 * 5);
});
