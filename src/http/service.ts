/** The HTTP service: listens, has limits, hands requests to the router, and ends in order. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { ServerParts } from '../acceptor/commands/context.js';
import { listenAddresses } from '../config/index.js';
import { HttpContext } from './context.js';
import { Problem, problemOf, sendProblem } from './problem.js';
import { Router } from './router.js';

/** The port that is meant by `auto`. */
const USUAL_PORT = 8080;
/** How often connections are looked at that take too long. */
const CHECK_MS = 1000;
const MOST_HEADERS = 100;

export interface HttpAddress {
  readonly host: string;
  readonly port: number;
}

export class HttpService {
  readonly #server: ServerParts;
  readonly #context: HttpContext;
  readonly #router: Router;
  readonly #listeners: Server[] = [];
  readonly #addresses: HttpAddress[] = [];
  /** The answer to the request that came last on a connection. */
  readonly #last = new WeakMap<Socket, ServerResponse>();
  /** Requests that have not been answered. */
  #open = 0;

  constructor(server: ServerParts) {
    this.#server = server;
    this.#context = new HttpContext(server);
    this.#router = new Router(this.#context);
  }

  get addresses(): readonly HttpAddress[] {
    return this.#addresses;
  }

  /** Rejects when an address can't be listened on. */
  async listen(): Promise<void> {
    const { httpPort, httpBind } = this.#server.config.current;
    let port = httpPort === 'auto' ? USUAL_PORT : httpPort === 'any' ? 0 : httpPort;
    for (const { host, optional } of listenAddresses(httpBind)) {
      try {
        port = await this.#listenOn(host, port);
        this.#addresses.push({ host, port });
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        if (!optional || (code !== 'EADDRNOTAVAIL' && code !== 'EAFNOSUPPORT' && code !== 'ENOTFOUND')) throw error;
      }
    }
  }

  #listenOn(host: string, port: number): Promise<number> {
    const { current } = this.#server.config;
    const options = {
      maxHeaderSize: current.httpHeaderLimit,
      headersTimeout: current.httpHeaderTimeout * 1000,
      requestTimeout: current.httpRequestTimeout * 1000,
      keepAliveTimeout: current.httpKeepAlive * 1000,
      connectionsCheckingInterval: CHECK_MS,
      noDelay: true,
    };
    const listener = createServer(options, (req, res) => this.#serve(req, res));
    listener.maxConnections = current.httpMaxConnections;
    listener.maxHeadersCount = MOST_HEADERS;
    listener.on('checkContinue', (req: IncomingMessage, res: ServerResponse) => this.#serveExpecting(req, res));
    listener.on('checkExpectation', (_req, res: ServerResponse) =>
      sendProblem(res, new Problem(417, 'unknown expectation')),
    );
    return new Promise((resolve, reject) => {
      listener.once('error', reject);
      listener.listen({ host, port, ipv6Only: true, backlog: current.tcpBacklog }, () => {
        listener.off('error', reject);
        this.#listeners.push(listener);
        const address = listener.address();
        resolve(typeof address === 'object' && address !== null ? address.port : port);
      });
    });
  }

  /** A client that asks before it sends much is told at once if it is too much. */
  #serveExpecting(req: IncomingMessage, res: ServerResponse): void {
    const { httpBodyLimit } = this.#server.config.current;
    if (Number(req.headers['content-length'] ?? 0) <= httpBodyLimit) res.writeContinue();
    this.#serve(req, res);
  }

  #serve(req: IncomingMessage, res: ServerResponse): void {
    this.#open++;
    res.once('close', () => {
      this.#open--;
    });
    // A client may send requests without waiting for answers: each sees what those before it have done.
    const before = this.#last.get(req.socket);
    this.#last.set(req.socket, res);
    if (before === undefined || before.writableEnded) this.#route(req, res);
    else before.once('close', () => this.#route(req, res));
  }

  #route(req: IncomingMessage, res: ServerResponse): void {
    this.#router.serve(req, res).catch((error: unknown) => this.#fail(error, req, res));
  }

  #fail(error: unknown, { method, url }: IncomingMessage, res: ServerResponse): void {
    const problem = problemOf(error);
    if (problem === undefined && !this.#server.isStopping()) {
      this.#server.log.warning('an HTTP request failed unexpectedly', { method, url, error: String(error) });
    }
    if (this.#server.isStopping()) sendProblem(res, problem ?? new Problem(503, 'the server is ending'));
    else sendProblem(res, problem ?? new Problem(500, 'internal error'));
  }

  /** Takes no more requests, and waits for those that there are until a time in milliseconds since 1970. */
  async stop(until: number): Promise<void> {
    for (const listener of this.#listeners) {
      listener.close();
      listener.closeIdleConnections();
    }
    while (this.#open > 0 && Date.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      for (const listener of this.#listeners) listener.closeIdleConnections();
    }
    for (const listener of this.#listeners) listener.closeAllConnections();
    await this.#context.close();
  }
}
