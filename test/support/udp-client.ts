/** A client of memcached over UDP, which keeps all that it is sent. */
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { waitFor } from './wait.js';

export class UdpClient {
  readonly #socket: Socket;
  readonly #port: number;
  readonly datagrams: Buffer[] = [];
  /** Bytes that were sent. */
  sent = 0;

  private constructor(socket: Socket, port: number) {
    this.#socket = socket;
    this.#port = port;
    socket.on('message', (datagram) => this.datagrams.push(datagram));
  }

  static async open(port: number): Promise<UdpClient> {
    const socket = createSocket('udp4');
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    return new UdpClient(socket, port);
  }

  get received(): number {
    return this.datagrams.reduce((sum, { length }) => sum + length, 0);
  }

  async sendRaw(datagram: Buffer): Promise<void> {
    this.sent += datagram.length;
    await new Promise((resolve) => this.#socket.send(datagram, this.#port, '127.0.0.1', resolve));
  }

  send(id: number, text: string | Buffer): Promise<void> {
    const header = Buffer.from([id >> 8, id & 255, 0, 0, 0, 1, 0, 0]);
    return this.sendRaw(Buffer.concat([header, Buffer.from(text)]));
  }

  /** The reply to a request: its datagrams' data in order. */
  async ask(id: number, text: string | Buffer): Promise<string> {
    const own = () => this.datagrams.filter((datagram) => datagram.readUInt16BE(0) === id);
    await this.send(id, text);
    await waitFor(() => own().length !== 0 && own().length === own()[0]?.readUInt16BE(4));
    const sorted = own().sort((a, b) => a.readUInt16BE(2) - b.readUInt16BE(2));
    return Buffer.concat(sorted.map((datagram) => datagram.subarray(8))).toString('latin1');
  }

  close(): void {
    this.#socket.close();
  }
}
