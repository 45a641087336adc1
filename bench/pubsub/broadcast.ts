/** Publishes to one channel with many subscribers, as fast as all of them take it, and counts by bytes what arrives. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export interface Broadcast {
  readonly port: number;
  readonly subscribers: number;
  readonly publishers: number;
  /** Requests of one publisher that wait for their replies. */
  readonly pipeline: number;
  readonly payloadBytes: number;
  readonly seconds: number;
}

export interface Outcome {
  readonly seconds: number;
  readonly published: number;
  /** Messages that arrived, at all subscribers together. */
  readonly delivered: number;
}

const CHANNEL = 'broadcast';
/** Bytes that the subscribers may be behind, each: well below what gets one cut off. */
const LAG_MAX = 2 * 1024 * 1024;
const READ_BYTES = 256 * 1024;

function bulk(text: string): string {
  return `$${text.length}\r\n${text}\r\n`;
}

function open(port: number, onBytes: (count: number) => void): Promise<Socket> {
  const socket = connect({
    port,
    host: '127.0.0.1',
    noDelay: true,
    onread: {
      buffer: Buffer.allocUnsafe(READ_BYTES),
      callback: (count) => {
        onBytes(count);
        return true;
      },
    },
  });
  return once(socket, 'connect').then(() => socket);
}

export async function broadcast(plan: Broadcast): Promise<Outcome> {
  const { port, subscribers, publishers, pipeline, payloadBytes, seconds } = plan;
  const payload = 'x'.repeat(payloadBytes);
  const messageBytes = `*3\r\n${bulk('message')}${bulk(CHANNEL)}${bulk(payload)}`.length;
  const replyBytes = `:${subscribers}\r\n`.length;
  const confirmation = `*3\r\n${bulk('subscribe')}${bulk(CHANNEL)}:1\r\n`.length;
  const request = Buffer.from(`*3\r\n${bulk('PUBLISH')}${bulk(CHANNEL)}${bulk(payload)}`.repeat(pipeline));
  let published = 0;
  let received = -subscribers * confirmation;
  let isOver = false;
  const waiting: (() => void)[] = [];
  let ended: () => void = () => {};
  const lag = () => published * messageBytes - received / subscribers;
  const onReceived = (count: number) => {
    received += count;
    if (waiting.length !== 0 && lag() < LAG_MAX / 2) for (const go of waiting.splice(0)) go();
    if (isOver && received === published * messageBytes * subscribers) ended();
  };
  const listeners = await Promise.all(Array.from({ length: subscribers }, () => open(port, onReceived)));
  for (const socket of listeners) socket.write(`*2\r\n${bulk('SUBSCRIBE')}${bulk(CHANNEL)}`);
  while (received < 0) await new Promise((resolve) => setTimeout(resolve, 1));

  const senders = await Promise.all(
    Array.from({ length: publishers }, async () => {
      let owed = 0;
      const send = () => {
        if (isOver) return;
        if (lag() > LAG_MAX) {
          waiting.push(send);
          return;
        }
        published += pipeline;
        owed = pipeline * replyBytes;
        socket.write(request);
      };
      const socket = await open(port, (count) => {
        owed -= count;
        if (owed === 0) send();
      });
      return { socket, send };
    }),
  );
  const started = performance.now();
  for (const { send } of senders) send();
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  isOver = true;
  const all = new Promise<void>((resolve) => {
    ended = resolve;
  });
  if (received !== published * messageBytes * subscribers) await all;
  const took = (performance.now() - started) / 1000;
  for (const socket of [...listeners, ...senders.map((sender) => sender.socket)]) socket.destroy();
  return { seconds: took, published, delivered: received / messageBytes };
}
