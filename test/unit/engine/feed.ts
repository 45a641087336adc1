import { CONN_AUTHENTICATED } from '../../../src/engine/layout/connection.js';
import type { Stack } from '../../support/stack.js';

export interface Outcome {
  /** All that the client has been sent. */
  readonly output: string;
  /** The connection has been ended. */
  readonly ended: boolean;
}

/** Sends bytes in pieces to a new client of a server, which works in between, and ends the client. */
export async function feed(stack: Stack, pieces: readonly Buffer[], flags = CONN_AUTHENTICATED): Promise<Outcome> {
  const client = stack.connect(flags);
  for (const piece of pieces) {
    client.send(piece);
    stack.step();
  }
  await stack.settle();
  const output = client.takeBytes().toString('latin1');
  const ended = client.socket.isEnded;
  stack.disconnect(client);
  return { output, ended };
}

/** The same bytes whole, one by one, and cut in two at every place (of long ones: at some). */
export function* cuttings(bytes: Buffer): Generator<readonly Buffer[]> {
  yield [bytes];
  const stride = Math.ceil(bytes.length / 300);
  if (stride === 1) yield Array.from(bytes, (byte) => Buffer.of(byte));
  for (let at = 1; at < bytes.length; at += stride) yield [bytes.subarray(0, at), bytes.subarray(at)];
}
