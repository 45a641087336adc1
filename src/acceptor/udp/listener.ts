/** memcached over UDP: one request a datagram, any number of datagrams a reply. */
import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { CONN_AUTHENTICATED, CONN_MEMCACHED, CONN_UNDECIDED } from '../../engine/layout/connection.js';
import { type Acceptor, READ_BYTES } from '../acceptor.js';
import { isLoopback } from '../client.js';
import type { Connection } from '../connection.js';
import { datagramsOf, HEADER_BYTES, readHeader, sizeOfReply } from './datagram.js';
import type { UdpGuard } from './guard.js';
import { type Asker, Lane } from './lane.js';

export interface UdpOptions {
  readonly acceptor: Acceptor;
  readonly guard: UdpGuard;
  /** Whether nobody is served: there is a password, and datagrams have none. */
  readonly isClosed: () => boolean;
  /** Whether only this machine is served. */
  readonly isProtected: () => boolean;
}

/** Datagrams that are being answered at the same time. */
const LANES_MOST = 1024;
const FLAGS = CONN_AUTHENTICATED | CONN_MEMCACHED | CONN_UNDECIDED;
/** Of the socket, so that a burst is not lost. */
const BUFFER_BYTES = 1024 * 1024;

const SEVERAL = Buffer.from('SERVER_ERROR multi-packet request not supported\r\n');
const TOO_LONG = Buffer.from('SERVER_ERROR too long\r\n');

/** Datagrams by what has become of them. */
export interface UdpCounts {
  received: number;
  /** Not memcached's, or only a part of a request. */
  malformed: number;
  /** Of addresses that are not served, or sent too much. */
  refused: number;
  /** Answered by an error, or by nothing, because the reply would have been too long. */
  shortened: number;
  /** There were too many at once. */
  dropped: number;
}

export class UdpListener {
  readonly #options: UdpOptions;
  readonly #sockets: Socket[] = [];
  readonly #buffer: Uint8Array;
  readonly #free: Lane[] = [];
  readonly #busy = new Map<Lane, Socket>();
  readonly counts: UdpCounts = { received: 0, malformed: 0, refused: 0, shortened: 0, dropped: 0 };
  bytesRead = 0;
  bytesWritten = 0;

  constructor(options: UdpOptions) {
    this.#options = options;
    this.#buffer = options.acceptor.readBuffer(READ_BYTES);
  }

  /** Listens on an address; resolves to the port (0 asks for any). */
  listen(host: string, port: number): Promise<number> {
    const isV6 = host.includes(':');
    const socket = createSocket({
      type: isV6 ? 'udp6' : 'udp4',
      ipv6Only: isV6,
      // Addresses of senders are no names: there is nothing to be looked up.
      lookup: (address, _options, callback) => callback(null, address, isV6 ? 6 : 4),
    });
    socket.on('message', (datagram, sender) => this.#receive(socket, datagram, sender));
    return new Promise((resolve, reject) => {
      socket.once('error', reject);
      socket.bind({ port, address: host, exclusive: true }, () => {
        socket.off('error', reject);
        // A reply that can't be sent is one that has been lost on the way.
        socket.on('error', () => {});
        enlarge(socket);
        this.#sockets.push(socket);
        resolve(socket.address().port);
      });
    });
  }

  close(): void {
    for (const socket of this.#sockets) socket.close();
    this.#sockets.length = 0;
    for (const lane of [...this.#busy.keys(), ...this.#free]) this.#discard(lane);
    this.#busy.clear();
    this.#free.length = 0;
  }

  /** Whether datagrams are being answered. */
  get isBusy(): boolean {
    return [...this.#busy.keys()].some((lane) => !lane.isDone);
  }

  #receive(socket: Socket, datagram: Buffer, { address, port }: RemoteInfo): void {
    const { guard, isClosed, isProtected } = this.#options;
    this.counts.received++;
    this.bytesRead += datagram.length;
    const header = readHeader(datagram);
    if (header === undefined || datagram.length - HEADER_BYTES > READ_BYTES) {
      this.counts.malformed++;
      return;
    }
    const proved = guard.isProved(address);
    if (isClosed() || (isProtected() && !isLoopback(address)) || (!proved && !guard.admits(address))) {
      this.counts.refused++;
      return;
    }
    const most = proved ? Number.POSITIVE_INFINITY : guard.mostFor(datagram.length);
    const asker: Asker = { address, port, id: header.id, most };
    if (!header.isWhole) {
      this.counts.malformed++;
      this.#sendError(socket, asker, SEVERAL);
      return;
    }
    const lane = this.#takeLane();
    if (lane === undefined) {
      this.counts.dropped++;
      return;
    }
    this.#busy.set(lane, socket);
    this.#ask(lane, asker, datagram);
  }

  #ask(lane: Lane, asker: Asker, datagram: Buffer): void {
    const { acceptor } = this.#options;
    const connection = lane.connection as Connection;
    lane.asker = asker;
    acceptor.records.setFlag(connection, CONN_UNDECIDED, true);
    this.#buffer.set(datagram.subarray(HEADER_BYTES));
    acceptor.received(connection, datagram.length - HEADER_BYTES);
    if (acceptor.records.isAmidRequest(connection)) {
      // The rest will never come.
      this.counts.malformed++;
      lane.isEnded = true;
    }
    // A quiet request writes nothing.
    lane.look();
  }

  /** A lane that answers nobody; undefined when there are too many. */
  #takeLane(): Lane | undefined {
    if (this.#free.length === 0) for (const lane of this.#busy.keys()) if (lane.isDone) this.#finish(lane);
    const free = this.#free.pop();
    if (free !== undefined) return free;
    if (this.#busy.size >= LANES_MOST) return undefined;
    const lane = new Lane((done) => this.#finish(done));
    lane.connection = this.#options.acceptor.open(lane, FLAGS);
    return lane;
  }

  #finish(lane: Lane): void {
    const socket = this.#busy.get(lane);
    if (socket === undefined) return;
    this.#busy.delete(lane);
    const { asker } = lane;
    lane.asker = undefined;
    const reply = lane.take();
    if (lane.isOverfull) this.#tooLong(socket, asker as Asker);
    else if (reply !== undefined) this.#send(socket, asker as Asker, reply);
    lane.isOverfull = false;
    if (lane.isEnded) this.#discard(lane);
    else this.#free.push(lane);
  }

  #discard(lane: Lane): void {
    this.#options.acceptor.close(lane.connection as Connection);
  }

  #send(socket: Socket, asker: Asker, reply: Buffer): void {
    if (sizeOfReply(reply.length - HEADER_BYTES) > asker.most) {
      this.#tooLong(socket, asker);
      return;
    }
    for (const datagram of datagramsOf(asker.id, reply)) {
      this.bytesWritten += datagram.length;
      socket.send(datagram, asker.port, asker.address);
    }
  }

  #tooLong(socket: Socket, asker: Asker): void {
    this.counts.shortened++;
    this.#sendError(socket, asker, TOO_LONG);
  }

  /** Even an error is sent only to those who may be sent as much. */
  #sendError(socket: Socket, asker: Asker, text: Buffer): void {
    if (sizeOfReply(text.length) > asker.most) return;
    this.#send(socket, asker, Buffer.concat([Buffer.alloc(HEADER_BYTES), text]));
  }
}

function enlarge(socket: Socket): void {
  try {
    socket.setRecvBufferSize(BUFFER_BYTES);
    socket.setSendBufferSize(BUFFER_BYTES);
  } catch {
    // The system's own size will have to do.
  }
}
