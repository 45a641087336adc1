/** How long a record takes to another thread and back. */
import { PortChannel } from '../channel/port.js';
import { RingChannel } from '../channel/ring.js';
import { RingbufChannel } from '../channel/ringbuf.js';
import type { Case, Settings, Suite } from '../suite.js';

const SIZE = 64;

/** Threads that spin have to have a core each; a smoke run leaves them out. */
export function latencySuite({ smoke }: Settings): Suite {
  const spinning = [
    () => ours('ours, both threads spinning', true),
    () => ringbuf('ringbuf.js, both threads spinning', true),
  ];
  return {
    name: `A record of ${SIZE} bytes to another thread and back`,
    item: 'round trip',
    cases: [
      oursInLoop,
      () => ours('ours, both threads asleep', false),
      () => ringbuf('ringbuf.js with our doorbells, both threads asleep', false),
      port,
      ...(smoke ? [] : spinning),
    ],
  };
}

async function oursInLoop(): Promise<Case> {
  const channel = await RingChannel.open(SIZE, { echo: true });
  const name = 'ours, woken in the event loop as the acceptor is';
  return { name, items: 1, runLater: () => channel.thereAndBackLater(), close: channel.close };
}

async function ours(name: string, spin: boolean): Promise<Case> {
  const channel = await RingChannel.open(SIZE, { echo: true, spin });
  return { name, items: 1, run: () => channel.thereAndBack(spin), close: channel.close };
}

async function ringbuf(name: string, spin: boolean): Promise<Case> {
  const channel = await RingbufChannel.open(SIZE, { echo: true, spin });
  return { name, items: 1, run: () => channel.thereAndBack(spin), close: channel.close };
}

async function port(): Promise<Case> {
  const channel = await PortChannel.open(SIZE, { echo: true });
  const name = 'MessagePort, woken in the event loop';
  return { name, items: 1, runLater: () => channel.send(), close: channel.close };
}
