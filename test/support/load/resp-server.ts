/** A small key-value server that speaks RESP, alone or as a node of a pretend cluster. */
import type { Framed } from './tcp-server.js';
import { TcpServer } from './tcp-server.js';

/** Who serves which slots, as all nodes of a pretend cluster know it. */
export interface ClusterMap {
  owner(slot: number): RespServer;
  /** CLUSTER NODES, as seen by one of them. */
  nodes(me: RespServer): string;
  slotOf(key: string): number;
}

const SETUP = new Set(['AUTH', 'HELLO', 'SELECT', 'CLUSTER']);

export class RespServer extends TcpServer<Buffer[]> {
  password: string | undefined;
  cluster: ClusterMap | undefined;
  /** Connections that prepare themselves in vain. */
  refusesSetup = false;
  #ignoresSetup = false;

  /** AUTH, HELLO and SELECT get no answer. */
  set ignoresSetup(ignores: boolean) {
    this.#ignoresSetup = ignores;
  }

  protected frame(bytes: Buffer, from: number): Framed<Buffer[]> | undefined {
    const head = lineAt(bytes, from);
    if (head === undefined) return undefined;
    const words: Buffer[] = [];
    let at = head.end;
    for (let left = Number(head.text.slice(1)); left > 0; left--) {
      const line = lineAt(bytes, at);
      if (line === undefined) return undefined;
      const end = line.end + Number(line.text.slice(1));
      if (bytes.length < end + 2) return undefined;
      words.push(bytes.subarray(line.end, end));
      at = end + 2;
    }
    return { request: words, end: at };
  }

  protected override isSetup([name]: Buffer[]): boolean {
    return SETUP.has(String(name).toUpperCase());
  }

  protected error(): string {
    return '-ERR injected failure\r\n';
  }

  protected reply(words: Buffer[]): Buffer | string {
    const [name, ...args] = words.map(String) as [string, ...string[]];
    const key = args[0] ?? '';
    switch (name.toUpperCase()) {
      case 'GET':
        return this.#moved(key) ?? bulk(this.store.get(key));
      case 'SET':
        return this.#moved(key) ?? this.#set(key, words[2] as Buffer);
      case 'MGET':
        return Buffer.concat([Buffer.from(`*${args.length}\r\n`), ...args.map((one) => bulk(this.store.get(one)))]);
      case 'PING':
        return '+PONG\r\n';
      case 'AUTH':
        if (this.#ignoresSetup) return '';
        return args.at(-1) === this.password ? '+OK\r\n' : '-WRONGPASS invalid username-password pair\r\n';
      case 'HELLO':
        return this.#ignoresSetup ? '' : '%1\r\n$5\r\nproto\r\n:3\r\n';
      case 'SELECT':
        if (this.#ignoresSetup) return '';
        return this.refusesSetup ? '-ERR DB index is out of range\r\n' : '+OK\r\n';
      case 'CLUSTER':
        return this.cluster === undefined
          ? '-ERR This instance has cluster support disabled\r\n'
          : bulk(Buffer.from(this.cluster.nodes(this)));
      default:
        return `-ERR unknown command '${name}'\r\n`;
    }
  }

  #set(key: string, value: Buffer): string {
    this.store.set(key, value);
    return '+OK\r\n';
  }

  #moved(key: string): string | undefined {
    if (this.cluster === undefined) return undefined;
    const slot = this.cluster.slotOf(key);
    const owner = this.cluster.owner(slot);
    return owner === this ? undefined : `-MOVED ${slot} 127.0.0.1:${owner.port}\r\n`;
  }
}

function bulk(value: Buffer | undefined): Buffer {
  if (value === undefined) return Buffer.from('$-1\r\n');
  return Buffer.concat([Buffer.from(`$${value.length}\r\n`), value, Buffer.from('\r\n')]);
}

function lineAt(bytes: Buffer, from: number): { readonly text: string; readonly end: number } | undefined {
  const end = bytes.indexOf('\r\n', from);
  return end < 0 ? undefined : { text: bytes.toString('latin1', from, end), end: end + 2 };
}
