/** A client of memcached's text protocol that knows where replies end: at a line that is none of a value. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { waitFor } from './wait.js';

export class TextClient {
  readonly #socket: Socket;
  #received = '';
  isClosed = false;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (piece: Buffer) => {
      this.#received += piece.toString('latin1');
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      this.isClosed = true;
    });
  }

  static async open(port: number): Promise<TextClient> {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    return new TextClient(socket);
  }

  /** Sends requests and waits for `count` replies. */
  async ask(requests: string, count = 1): Promise<string> {
    this.#socket.write(requests, 'latin1');
    await waitFor(() => this.isClosed || endOf(this.#received, count) >= 0);
    const end = endOf(this.#received, count);
    const reply = this.#received.slice(0, end < 0 ? undefined : end);
    this.#received = this.#received.slice(reply.length);
    return reply;
  }

  close(): void {
    this.#socket.destroy();
  }
}

/** Where the reply of that number ends, -1 if it has not come in full. */
function endOf(text: string, count: number): number {
  let at = 0;
  for (let replies = 0; replies < count; ) {
    const lineEnd = text.indexOf('\r\n', at);
    if (lineEnd < 0) return -1;
    const value = /^(VALUE \S+ \d+|VA) (\d+)/.exec(text.slice(at, lineEnd));
    at = lineEnd + 2;
    if (value !== null) at += Number(value[2]) + 2;
    if (at > text.length) return -1;
    // A `get` goes on to its END.
    if (value === null || value[1] === 'VA') replies++;
  }
  return at;
}
