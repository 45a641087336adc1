/** How many records a second go from one thread to another. */
import { PortChannel } from '../channel/port.js';
import { RingChannel } from '../channel/ring.js';
import { RingbufChannel } from '../channel/ringbuf.js';
import type { Case, Settings, Suite } from '../suite.js';

const SIZES = [16, 64, 256, 1024, 4096];
const SMOKE_SIZES = [64];
/** Records of one run: far more than both threads need to wake up. */
const COUNT = 4096;
const SMOKE_COUNT = 64;
/** As many as one turn of the acceptor may bring. */
const TOGETHER = 64;

export function throughputSuites({ smoke }: Settings): (() => Suite)[] {
  return (smoke ? SMOKE_SIZES : SIZES).map((size) => () => suiteOf(size, smoke ? SMOKE_COUNT : COUNT));
}

function suiteOf(size: number, count: number): Suite {
  return {
    name: `Records of ${size} bytes to another thread`,
    item: 'record',
    cases: [
      () => ours(size, count, TOGETHER),
      () => ours(size, count, 1),
      async () => {
        const channel = await RingbufChannel.open(size, { echo: false });
        return { name: 'ringbuf.js', items: count, run: () => channel.send(count), close: channel.close };
      },
      async () => {
        const channel = await PortChannel.open(size, { echo: false, answerEvery: count });
        return { name: 'MessagePort', items: count, runLater: () => channel.send(), close: channel.close };
      },
    ],
  };
}

async function ours(size: number, count: number, together: number): Promise<Case> {
  const channel = await RingChannel.open(size, { echo: false });
  return {
    name: together === 1 ? 'ours, one by one' : `ours, ${together} at a time`,
    items: count,
    run: () => channel.send(count, together),
    close: channel.close,
  };
}
