/** The slow command: `KEYS *` in a loop, each reply looked at: its count, its length and its elements. */
import { connect } from 'node:net';
import { encodeRequest } from '../../support/requests.js';
import type { KeysLoop, Outcome } from './messages.js';
import { RunMeter } from './meter.js';
import { pending, type Run } from './run.js';

/** `$16`, a key, and two line ends. */
const ELEMENT_BYTES = 5 + 16 + 2;
const DOLLAR = 0x24;

export function runKeysLoop(job: KeysLoop): Run {
  const { promise, resolve, reject } = pending<Outcome>();
  const request = encodeRequest(['KEYS', '*']);
  const head = `*${job.count}\r\n`;
  const total = head.length + job.count * ELEMENT_BYTES;
  const meter = new RunMeter();
  let beginning = '';
  let received = 0;
  let elements = 0;
  let since = 0;
  let stopping = false;

  const socket = connect({ port: job.port, host: '127.0.0.1', noDelay: true });
  const fail = (message: string) => {
    socket.destroy();
    reject(new Error(message));
  };
  const send = () => {
    beginning = '';
    received = 0;
    elements = 0;
    since = performance.now();
    socket.write(request);
  };
  const onEndOfReply = () => {
    if (elements !== job.count) return fail(`KEYS gave ${elements} elements instead of ${job.count}`);
    meter.note(1, performance.now() - since);
    if (!stopping) return send();
    socket.destroy();
    return resolve(meter.end());
  };
  socket.on('connect', send);
  socket.on('error', (error) => fail(error.message));
  socket.on('close', () => fail('the server has closed the connection of KEYS'));
  socket.on('data', (chunk: Buffer) => {
    if (beginning.length < head.length) {
      beginning += chunk.toString('latin1', 0, head.length - beginning.length);
      if (!head.startsWith(beginning)) return fail(`KEYS was answered with ${JSON.stringify(beginning)}`);
    }
    received += chunk.length;
    elements += countDollars(chunk);
    if (received > total) return fail(`the reply to KEYS is ${received - total} bytes too long`);
    if (received === total) onEndOfReply();
    return undefined;
  });
  return {
    outcome: promise,
    reset: () => meter.begin(),
    stop: () => {
      stopping = true;
    },
  };
}

/** No key has one, so each begins an element. */
function countDollars(bytes: Buffer): number {
  let count = 0;
  for (let i = 0; i < bytes.length; i++) if (bytes[i] === DOLLAR) count++;
  return count;
}
