/**
 * TCP: listens, accepts, and reads straight into the acceptor's memory. All connections share one read buffer, which is
 * free again when the call that announces its bytes returns.
 */
import { createServer, type Server, Socket } from 'node:net';
import type { Acceptor } from './acceptor.js';
import { READ_BYTES } from './acceptor.js';
import type { Connection } from './connection.js';

export interface TcpOptions {
  readonly backlog: number;
  /** Seconds, 0: off. */
  readonly keepAlive: () => number;
  /** Says why a client may not come in, as an error reply; undefined lets it in. */
  readonly refuse: (socket: Socket) => string | undefined;
  /** That error as the client's protocol says it. */
  readonly refusal: (error: string) => string;
  readonly opened: (connection: Connection) => void;
  /** The client sends no more, but may still read. */
  readonly ended: (connection: Connection) => void;
  /** With the client's address, which its socket has forgotten. */
  readonly closed: (connection: Connection, address: string | undefined) => void;
  /** CONN_... of a new connection. */
  readonly flags: () => number;
}

/** What Node keeps a socket's handle in; it is the only way to read into memory of one's own on accepted sockets. */
interface WithHandle {
  readonly _handle?: object;
}

export class TcpListener {
  readonly #acceptor: Acceptor;
  readonly #options: TcpOptions;
  readonly #servers: Server[] = [];
  readonly #buffer: Uint8Array;
  bytesRead = 0;
  reads = 0;
  #bytesWritten = 0;
  readonly #sockets = new Set<Socket>();

  constructor(acceptor: Acceptor, options: TcpOptions) {
    this.#acceptor = acceptor;
    this.#options = options;
    this.#buffer = acceptor.readBuffer(READ_BYTES);
  }

  /** Listens on an address; resolves to the port (0 asks for any). */
  listen(host: string, port: number): Promise<number> {
    const server = createServer({ pauseOnConnect: true, noDelay: true }, (socket) => this.#accept(socket));
    return new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen({ host, port, backlog: this.#options.backlog, ipv6Only: true }, () => {
        server.off('error', reject);
        this.#servers.push(server);
        const address = server.address();
        resolve(typeof address === 'object' && address !== null ? address.port : port);
      });
    });
  }

  get bytesWritten(): number {
    let sum = this.#bytesWritten;
    for (const socket of this.#sockets) sum += socket.bytesWritten;
    return sum;
  }

  /** Takes no more connections; those that there are stay. */
  close(): void {
    for (const server of this.#servers) server.close();
    this.#servers.length = 0;
  }

  #accept(accepted: Socket): void {
    const reason = this.#options.refuse(accepted);
    if (reason !== undefined) {
      accepted.on('error', () => accepted.destroy());
      accepted.end(this.#options.refusal(reason));
      accepted.resume();
      return;
    }
    const seconds = this.#options.keepAlive();
    if (seconds > 0) accepted.setKeepAlive(true, seconds * 1000);
    const handle = (accepted as unknown as WithHandle)._handle;
    if (handle === undefined) {
      accepted.destroy();
      return;
    }
    this.#open(handle);
  }

  #open(handle: object): void {
    let connection: Connection | undefined;
    const socket = new Socket({
      handle,
      allowHalfOpen: true,
      onread: {
        buffer: this.#buffer,
        callback: (length: number): boolean => {
          this.bytesRead += length;
          this.reads++;
          if (connection !== undefined) this.#acceptor.received(connection, length);
          return true;
        },
      },
    } as ConstructorParameters<typeof Socket>[0]);
    connection = this.#acceptor.open(socket, this.#options.flags());
    const opened = connection;
    const address = socket.remoteAddress;
    this.#options.opened(opened);
    socket.on('error', () => socket.destroy());
    socket.on('end', () => this.#options.ended(opened));
    this.#sockets.add(socket);
    socket.on('close', () => {
      this.#sockets.delete(socket);
      this.#bytesWritten += socket.bytesWritten;
      this.#acceptor.close(opened);
      this.#options.closed(opened, address);
    });
    if (!opened.isHeld || opened.isWatched) socket.resume();
  }
}
