/** Records as messages of a MessagePort, which copies them. */
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type { PortTask } from './messages.js';
import { startThread } from './thread.js';

export class PortChannel {
  readonly #port: MessagePort;
  readonly #record: Uint8Array;
  readonly #answerEvery: number;
  readonly close: () => Promise<void>;
  #answered: () => void = () => {};

  /** Without echo the far thread answers once for every `answerEvery` records. */
  static async open(size: number, options: { readonly echo: boolean; readonly answerEvery?: number }) {
    const { port1, port2 } = new MessageChannel();
    const { echo, answerEvery = 1 } = options;
    const thread = await startThread({ kind: 'port', size, port: port2, echo, answerEvery });
    return new PortChannel(port1, size, answerEvery, async () => {
      port1.close();
      await thread.stop();
    });
  }

  private constructor(port: MessagePort, size: number, answerEvery: number, close: () => Promise<void>) {
    this.#port = port;
    this.#record = new Uint8Array(size).fill(1);
    this.#answerEvery = answerEvery;
    this.close = close;
    port.on('message', () => this.#answered());
  }

  /** Sends as many records as are answered together, or one to be echoed; resolves when the answer is there. */
  send(): Promise<void> {
    return new Promise((resolve) => {
      this.#answered = resolve;
      for (let i = 0; i < this.#answerEvery; i++) this.#port.postMessage(this.#record);
    });
  }
}

/** The far thread. */
export function servePort({ port, echo, answerEvery }: PortTask): void {
  let count = 0;
  port.on('message', (record: Uint8Array) => {
    count++;
    if (echo) port.postMessage(record);
    else if (count % answerEvery === 0) port.postMessage(count);
  });
}
