/** A connection of the generator: sends bytes and counts the bytes of the replies, whose length is known. */
import { connect, type Socket } from 'node:net';

/** Bytes that one read takes at the most; all connections share them. */
const READ = Buffer.allocUnsafe(256 * 1024);

export interface LaneOptions {
  readonly port: number;
  /** What every reply begins with: anything else is an error. */
  readonly mark: '$' | '+';
  /** All of the replies that were awaited have come. */
  readonly onAnswered: (lane: Lane) => void;
  readonly onError: (error: Error) => void;
}

export class Lane {
  readonly #socket: Socket;
  readonly #mark: number;
  readonly #options: LaneOptions;
  /** Bytes of replies that are still to come, and that were awaited. */
  #left = 0;
  #awaited = 0;
  #closing = false;
  /** When what is awaited was sent, or should have been, in milliseconds. */
  since = 0;

  static async open(options: LaneOptions): Promise<Lane> {
    const lane = new Lane(options);
    await new Promise<void>((resolve, reject) => {
      lane.#socket.once('connect', resolve);
      lane.#socket.once('error', reject);
    });
    return lane;
  }

  private constructor(options: LaneOptions) {
    this.#options = options;
    this.#mark = options.mark.charCodeAt(0);
    this.#socket = connect({
      port: options.port,
      host: '127.0.0.1',
      noDelay: true,
      onread: { buffer: READ, callback: (length) => this.#onRead(length) },
    });
    this.#socket.on('error', (error) => options.onError(error));
    this.#socket.on('close', () => {
      if (!this.#closing) options.onError(new Error('the server has closed a connection'));
    });
  }

  get busy(): boolean {
    return this.#left !== 0;
  }

  /** Sends requests whose replies have `replyBytes` bytes in all. `bytes` may be changed when they have come. */
  send(bytes: Uint8Array, replyBytes: number): void {
    this.#left = replyBytes;
    this.#awaited = replyBytes;
    this.#socket.write(bytes);
  }

  #onRead(length: number): boolean {
    if (this.#left === this.#awaited && READ[0] !== this.#mark) {
      this.#fail(length, 'a wrong reply');
    } else if (length > this.#left) {
      this.#fail(length, `${length - this.#left} bytes more than awaited`);
    } else {
      this.#left -= length;
      if (this.#left === 0) this.#options.onAnswered(this);
    }
    return true;
  }

  #fail(length: number, what: string): void {
    const shown = JSON.stringify(READ.toString('latin1', 0, Math.min(length, 100)));
    this.#options.onError(new Error(`${what}: ${shown}`));
  }

  close(): void {
    this.#closing = true;
    this.#socket.destroy();
  }
}

/** How many connections are opened at a time: fewer than a server lets wait. */
const AT_ONCE = 32;

export async function openLanes(count: number, options: LaneOptions): Promise<Lane[]> {
  const lanes: Lane[] = [];
  while (lanes.length < count) {
    const more = Math.min(AT_ONCE, count - lanes.length);
    lanes.push(...(await Promise.all(Array.from({ length: more }, () => Lane.open(options)))));
  }
  return lanes;
}
