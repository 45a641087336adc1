/** A key-value store over HTTP: GET, HEAD and PUT of `/v1/keys/<key>`, each connection as node:http serves it. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { type Faults, isNth } from './faults.js';
import { Store } from './store.js';

const PATH = '/v1/keys/';

export class HttpServer {
  readonly faults: Faults = {};
  readonly store = new Store(this.faults);
  /** Bodies without a length. */
  isChunked = false;
  /** Says `Connection: close` with each n-th response of a connection. */
  closeEvery: number | undefined;
  /** An interim response before every response. */
  isHinting = false;
  #server: Server | undefined;
  port = 0;
  accepted = 0;
  requests = 0;
  readonly #served = new WeakMap<Socket, number>();

  async start(): Promise<this> {
    const server = createServer((request, response) => this.#onRequest(request, response));
    this.#server = server;
    server.on('connection', () => this.accepted++);
    server.listen(this.port, '127.0.0.1');
    await once(server, 'listening');
    this.port = (server.address() as AddressInfo).port;
    return this;
  }

  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server === undefined) return;
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  }

  #onRequest(request: IncomingMessage, response: ServerResponse): void {
    const body: Buffer[] = [];
    request.on('data', (data: Buffer) => body.push(data));
    request.on('end', () => this.#answer(request, response, Buffer.concat(body)));
  }

  #answer({ method, url = '', socket }: IncomingMessage, response: ServerResponse, body: Buffer): void {
    this.requests++;
    if (this.faults.silent === true) return;
    const served = (this.#served.get(socket) ?? 0) + 1;
    this.#served.set(socket, served);
    if (isNth(served, this.closeEvery)) response.setHeader('Connection', 'close');
    if (this.isHinting) response.writeEarlyHints({ link: '</style.css>; rel=preload' });
    if (isNth(this.requests, this.faults.errorEvery)) {
      response.writeHead(503).end('injected failure');
      return;
    }
    if (!url.startsWith(PATH)) {
      response.writeHead(200).end('elsewhere');
      return;
    }
    const key = decodeURIComponent(url.slice(PATH.length));
    if (method === 'PUT') {
      this.store.set(key, body);
      response.writeHead(204).end();
      return;
    }
    const value = this.store.get(key);
    if (value === undefined) {
      response.writeHead(404).end('{"error":"not found"}');
    } else if (this.isChunked) {
      response.writeHead(200);
      response.write(value.subarray(0, 10));
      response.end(value.subarray(10));
    } else {
      response.writeHead(200, { 'Content-Length': value.length }).end(value);
    }
  }
}
