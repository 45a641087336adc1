/** A client for the few commands with which a benchmark looks at a server. Not for load. */
import { connect, type Socket } from 'node:net';
import Parser from 'redis-parser';

export type Reply = string | number | null | Error | Reply[];

/** A server that has not answered by then hangs. */
const REPLY_LIMIT_MS = 60_000;

interface Waiting {
  resolve(reply: Reply): void;
  reject(error: Error): void;
  timer: NodeJS.Timeout;
}

export class RespClient {
  readonly #socket: Socket;
  readonly #waiting: Waiting[] = [];

  static async connect(port: number): Promise<RespClient> {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('error', reject);
    });
    return new RespClient(socket);
  }

  private constructor(socket: Socket) {
    this.#socket = socket;
    const parser = new Parser({
      returnReply: (reply: Reply) => this.#take()?.resolve(reply),
      returnError: (error: Error) => this.#take()?.resolve(error),
    });
    socket.on('data', (chunk) => parser.execute(chunk as Buffer));
    socket.on('error', (error) => this.#failAll(error));
    socket.on('close', () => this.#failAll(new Error('the server has closed the connection')));
  }

  #take(): Waiting | undefined {
    const waiting = this.#waiting.shift();
    clearTimeout(waiting?.timer);
    return waiting;
  }

  #failAll(error: Error): void {
    for (let waiting = this.#take(); waiting !== undefined; waiting = this.#take()) waiting.reject(error);
  }

  /** Sends a command; an error reply is returned, not thrown. */
  send(...args: (string | number)[]): Promise<Reply> {
    const parts = args.map((arg) => `$${Buffer.byteLength(String(arg))}\r\n${arg}\r\n`);
    this.#socket.write(`*${args.length}\r\n${parts.join('')}`);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no reply to ${args[0]}`)), REPLY_LIMIT_MS);
      this.#waiting.push({ resolve, reject, timer });
    });
  }

  async integer(...args: (string | number)[]): Promise<number> {
    const reply = await this.send(...args);
    if (typeof reply !== 'number') throw new Error(`${args.join(' ')} was answered with ${String(reply)}`);
    return reply;
  }

  /** The fields of a section of INFO; none if the server has no INFO. */
  async info(section: string): Promise<ReadonlyMap<string, string>> {
    const reply = await this.send('INFO', section);
    const text = typeof reply === 'string' ? reply : '';
    return new Map(Array.from(text.matchAll(/^(\w+):(.*?)\r?$/gm), ([, name = '', value = '']) => [name, value]));
  }

  close(): void {
    this.#socket.destroy();
  }
}

/** Opens a connection for as long as `use` takes. */
export async function withClient<T>(port: number, use: (client: RespClient) => Promise<T>): Promise<T> {
  const client = await RespClient.connect(port);
  try {
    return await use(client);
  } finally {
    client.close();
  }
}
