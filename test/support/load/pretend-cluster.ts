/** Two nodes that share the slots of a Redis Cluster, and can give them to each other. */
import type { ClusterMap } from './resp-server.js';
import { RespServer } from './resp-server.js';

const SLOTS = 16384;

export class PretendCluster implements ClusterMap {
  readonly first = new RespServer();
  readonly second = new RespServer();
  /** Slots below it are the first node's. */
  border = SLOTS / 2;

  async start(): Promise<this> {
    for (const node of [this.first, this.second]) {
      node.cluster = this;
      await node.start();
    }
    return this;
  }

  async stop(): Promise<void> {
    await Promise.all([this.first.stop(), this.second.stop()]);
  }

  owner(slot: number): RespServer {
    return slot < this.border ? this.first : this.second;
  }

  slotOf(key: string): number {
    return crc16(Buffer.from(key)) % SLOTS;
  }

  /** The one that is asked comes first, as with the real one. */
  nodes(me: RespServer): string {
    const lines = [this.#line(this.first, 'a', me), this.#line(this.second, 'b', me)];
    return (me === this.first ? lines : lines.reverse()).join('');
  }

  #line(node: RespServer, letter: string, me: RespServer): string {
    const [from, to] = node === this.first ? [0, this.border - 1] : [this.border, SLOTS - 1];
    const id = letter.repeat(40);
    const flags = node === me ? 'myself,master' : 'master';
    return `${id} 127.0.0.1:${node.port}@${node.port + 10000} ${flags} - 0 0 1 connected ${from}-${to}\n`;
  }
}

/** XMODEM, bit by bit. */
function crc16(bytes: Buffer): number {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit++) crc = (crc & 0x8000) !== 0 ? ((crc << 1) ^ 0x1021) & 0xffff : (crc << 1) & 0xffff;
  }
  return crc;
}
