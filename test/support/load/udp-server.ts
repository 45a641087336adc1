/** memcached over UDP (doc/protocol.txt, "UDP protocol"), with all that happens to datagrams on their way. */
import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { isNth } from './faults.js';
import { answerText, frameText } from './memcached-text.js';
import { Store } from './store.js';

const HEADER = 8;

export interface UdpFaults {
  /** Of every n-th request the reply never comes. */
  loseEvery?: number;
  /** Every n-th reply comes twice. */
  twiceEvery?: number;
  /** Every n-th reply comes so many milliseconds late. */
  lateEvery?: number;
  late?: number;
  /** With every n-th reply comes one to a request that nobody sent. */
  strangeEvery?: number;
  /** Bytes of a datagram at most; a longer reply takes several, which arrive in reverse order. */
  pieces?: number;
}

export class UdpServer {
  readonly faults: UdpFaults = {};
  readonly store = new Store({});
  readonly #timers = new Set<NodeJS.Timeout>();
  #socket: Socket | undefined;
  port = 0;
  requests = 0;
  lost = 0;
  twice = 0;
  late = 0;
  strange = 0;

  async start(): Promise<this> {
    const socket = createSocket('udp4');
    this.#socket = socket;
    socket.on('message', (message, from) => this.#onMessage(message, from));
    socket.bind(this.port, '127.0.0.1');
    await once(socket, 'listening');
    socket.setRecvBufferSize(1 << 20);
    this.port = socket.address().port;
    return this;
  }

  async stop(): Promise<void> {
    for (const timer of this.#timers) clearTimeout(timer);
    const socket = this.#socket;
    this.#socket = undefined;
    if (socket === undefined) return;
    socket.close();
    await once(socket, 'close');
  }

  #onMessage(message: Buffer, from: RemoteInfo): void {
    const id = message.readUInt16BE(0);
    const framed = frameText(message.subarray(HEADER), 0);
    if (framed === undefined) throw new Error('a request that is not whole');
    this.requests++;
    const datagrams = this.#datagramsOf(id, Buffer.from(answerText(this.store, framed.request)));
    const send = () => {
      for (const datagram of datagrams) this.#socket?.send(datagram, from.port, from.address);
    };
    const { loseEvery, twiceEvery, lateEvery, late = 0, strangeEvery } = this.faults;
    if (isNth(this.requests, strangeEvery)) {
      this.strange++;
      this.#socket?.send(frame(id ^ 0x8000, 0, 1, Buffer.from('END\r\n')), from.port, from.address);
    }
    if (isNth(this.requests, loseEvery)) {
      this.lost++;
    } else if (isNth(this.requests, lateEvery)) {
      this.late++;
      const timer = setTimeout(() => {
        this.#timers.delete(timer);
        send();
      }, late);
      this.#timers.add(timer);
    } else {
      send();
      if (!isNth(this.requests, twiceEvery)) return;
      this.twice++;
      send();
    }
  }

  #datagramsOf(id: number, reply: Buffer): Buffer[] {
    const most = this.faults.pieces ?? reply.length;
    const count = Math.ceil(reply.length / most);
    const pieces = Array.from({ length: count }, (_, i) =>
      frame(id, i, count, reply.subarray(i * most, (i + 1) * most)),
    );
    return pieces.reverse();
  }
}

function frame(id: number, place: number, count: number, body: Buffer): Buffer {
  const header = Buffer.alloc(HEADER);
  header.writeUInt16BE(id, 0);
  header.writeUInt16BE(place, 2);
  header.writeUInt16BE(count, 4);
  return Buffer.concat([header, body]);
}
