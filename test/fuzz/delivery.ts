/** How the bytes of a round reach the server: in how many pieces, and what happens between two of them. */
import type { Random } from '../support/random.js';
import type { Stack } from '../support/stack.js';
import type { TestClient } from '../support/test-client.js';

/** Places to cut: none, some anywhere, or many close to each other. */
function cuts(random: Random, length: number): number[] {
  const kind = random.below(4);
  if (kind === 0) return [];
  if (kind < 3) return Array.from({ length: 1 + random.below(6) }, () => random.below(length)).sort((a, b) => a - b);
  const from = random.below(length);
  return Array.from({ length: Math.min(40, length - from) }, (_, i) => from + i);
}

/** Sends, and lets the server work a little in between, but never wait for an answer. */
export function deliver(random: Random, stack: Stack, client: TestClient, bytes: Buffer): void {
  let at = 0;
  for (const cut of [...cuts(random, bytes.length), bytes.length]) {
    if (cut > at) client.send(bytes.subarray(at, cut));
    at = Math.max(at, cut);
    const kind = random.below(6);
    if (kind === 0) stack.dispatcher.turn();
    else if (kind === 1) stack.stepShard(random.below(stack.shards.length));
    else if (kind === 2) stack.step();
  }
}
