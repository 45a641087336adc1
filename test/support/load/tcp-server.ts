/** A TCP server on a free port that can do everything wrong that a server does. What it speaks is up to the subclass. */
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { type Faults, isNth } from './faults.js';
import { Store } from './store.js';

/** A request and the bytes that it took. */
export interface Framed<R> {
  readonly request: R;
  readonly end: number;
}

const GARBAGE = '\x00\x01 no protocol at all\r\n\r\n';

class Peer {
  readonly socket: Socket;
  bytes: Buffer = Buffer.alloc(0);
  requests = 0;
  isDone = false;

  constructor(socket: Socket) {
    this.socket = socket;
  }
}

export abstract class TcpServer<R> {
  readonly faults: Faults = {};
  readonly store = new Store(this.faults);
  readonly #peers = new Set<Peer>();
  #server: Server | undefined;
  #stalledUntil = 0;
  port = 0;
  /** Connections that it has had, and requests that it has read. */
  accepted = 0;
  requests = 0;

  /** The first request in these bytes; undefined when it is not complete. */
  protected abstract frame(bytes: Buffer, from: number): Framed<R> | undefined;
  protected abstract reply(request: R): Buffer | string;
  protected abstract error(): string;

  /** Requests that prepare a connection do not count. */
  protected isSetup(_request: R): boolean {
    return false;
  }

  /** Again on the same port after a stop. */
  async start(): Promise<this> {
    const server = createServer({ noDelay: true }, (socket) => this.#onConnection(socket));
    this.#server = server;
    server.listen(this.port, '127.0.0.1');
    await once(server, 'listening');
    this.port = (server.address() as AddressInfo).port;
    return this;
  }

  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    for (const { socket } of this.#peers) socket.destroy();
    if (server === undefined) return;
    server.close();
    await once(server, 'close');
  }

  get connections(): number {
    return this.#peers.size;
  }

  /** Closes the connections that there are. */
  hangUp(): void {
    for (const { socket } of this.#peers) socket.destroy();
  }

  #onConnection(socket: Socket): void {
    this.accepted++;
    socket.on('error', () => {});
    if (this.faults.closeNew === true) {
      if (this.faults.greeting !== undefined) socket.write(this.faults.greeting);
      socket.destroySoon();
      return;
    }
    const peer = new Peer(socket);
    this.#peers.add(peer);
    if (this.faults.greeting !== undefined) socket.write(this.faults.greeting);
    socket.on('close', () => this.#peers.delete(peer));
    socket.on('data', (data: Buffer) => {
      peer.bytes = peer.bytes.length === 0 ? data : Buffer.concat([peer.bytes, data]);
      this.#work(peer);
    });
  }

  #work(peer: Peer): void {
    const left = this.#stalledUntil - Date.now();
    if (left > 0) {
      if (this.faults.pausesReading === true) {
        peer.socket.pause();
        setTimeout(() => peer.socket.resume(), left);
      }
      setTimeout(() => this.#work(peer), left);
      return;
    }
    const replies: (Buffer | string)[] = [];
    let at = 0;
    while (!peer.isDone) {
      const framed = this.frame(peer.bytes, at);
      if (framed === undefined) break;
      at = framed.end;
      const answer = this.#answer(peer, framed.request);
      if (answer !== undefined) replies.push(answer);
      if (this.#isStallDue()) {
        // What it has read already waits as well.
        setTimeout(() => this.#work(peer), this.faults.stall);
        break;
      }
    }
    peer.bytes = peer.bytes.subarray(at);
    this.#send(peer, Buffer.concat(replies.map((reply) => Buffer.from(reply))));
  }

  #isStallDue(): boolean {
    const { stall, stallAfter = 0 } = this.faults;
    if (stall === undefined || this.requests < stallAfter || this.#stalledUntil !== 0) return false;
    this.#stalledUntil = Date.now() + stall;
    return true;
  }

  #answer(peer: Peer, request: R): Buffer | string | undefined {
    const { silent, resetAfter, closeAfter, garbageAfter, errorEvery } = this.faults;
    if (this.isSetup(request)) return silent === true ? undefined : this.reply(request);
    this.requests++;
    peer.requests++;
    if (silent === true) return undefined;
    if (garbageAfter !== undefined && peer.requests > garbageAfter) return GARBAGE;
    const reply = isNth(this.requests, errorEvery) ? this.error() : this.reply(request);
    if (peer.requests === resetAfter) {
      peer.isDone = true;
      const half = Buffer.from(reply).subarray(0, 2);
      setImmediate(() => peer.socket.write(half, () => peer.socket.resetAndDestroy()));
      return undefined;
    }
    if (peer.requests === closeAfter) {
      peer.isDone = true;
      setImmediate(() => peer.socket.end());
    }
    return reply;
  }

  #send(peer: Peer, bytes: Buffer): void {
    if (bytes.length === 0) return;
    if (this.faults.bytewise !== true) {
      peer.socket.write(bytes);
      return;
    }
    for (let i = 0; i < bytes.length; i++) peer.socket.write(bytes.subarray(i, i + 1));
  }
}
