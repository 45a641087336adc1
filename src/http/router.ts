/** Which part of the service answers a request. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Api } from './api/app.js';
import { mediaTypeOf, readBody } from './body.js';
import type { HttpContext } from './context.js';
import { passGate } from './gate.js';
import { health, liveness, readiness } from './health.js';
import { KEYS_PATH, sendEmpty, sendJson } from './keys/key-request.js';
import { serveKey } from './keys/resource.js';
import { metricsText } from './metrics/metrics.js';
import { METRICS_TYPE } from './metrics/text.js';
import { dashboardPage } from './page/dashboard.js';
import { DOCS_PAGE } from './page/docs.js';
import { dashboardFigures } from './page/figures.js';
import { Problem } from './problem.js';
import { checkParameters, type Target, targetOf } from './target.js';

type Page = (res: ServerResponse) => void | Promise<void>;

/** Pages come from the server alone, and may load nothing from elsewhere. */
const PAGE_HEADERS = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy':
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-cache',
};

/** Methods of what the API framework serves. */
const API_METHODS: Readonly<Record<string, string>> = {
  '/v1/keys': 'GET, HEAD, OPTIONS',
  '/v1/keys:batch': 'POST, OPTIONS',
  '/v1/commands': 'POST, OPTIONS',
};
/** What the dashboard asks for. */
const FIGURES_PATH = '/dashboard/figures';
const COMMANDS_PATH = '/dashboard/commands';
const PAGE_METHODS = 'GET, HEAD, OPTIONS';
const READS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

export class Router {
  readonly #context: HttpContext;
  readonly #pages: ReadonlyMap<string, Page>;
  #api: Promise<Api> | undefined;

  constructor(context: HttpContext) {
    this.#context = context;
    const { server } = context;
    this.#pages = new Map<string, Page>([
      ['/livez', (res) => sendHealth(res, liveness())],
      ['/readyz', (res) => sendHealth(res, readiness(server))],
      ['/healthz', (res) => sendHealth(res, health(server))],
      ['/metrics', (res) => sendText(res, { 'Content-Type': METRICS_TYPE }, metricsText(server))],
      ['/openapi.json', async (res) => sendJson(res, 200, (await this.#loadApi()).description)],
      ['/', (res) => sendText(res, PAGE_HEADERS, dashboardPage())],
      [FIGURES_PATH, (res) => sendFresh(res, dashboardFigures(server))],
      ['/docs', (res) => sendText(res, PAGE_HEADERS, DOCS_PAGE)],
    ]);
  }

  /** It is loaded when it is first asked for: the server starts sooner without it. */
  #loadApi(): Promise<Api> {
    this.#api ??= import('./api/app.js').then(({ createApi }) => createApi(this.#context));
    return this.#api;
  }

  /** Answers a request, or rejects with what went wrong. */
  async serve(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const target = targetOf(req.url ?? '/');
    const { path } = target;
    if (passGate(this.#context.server, req, res, path)) return;
    if (path.startsWith('/v1/')) this.#checkApi(req, path);
    if (path.startsWith(KEYS_PATH)) return serveKey(this.#context, req, res, target);
    const methods = API_METHODS[path];
    if (methods !== undefined) return this.#serveApi(req, res, methods);
    if (path === COMMANDS_PATH) return this.#serveDashboard(req, res, target);
    await this.#servePage(req, res, target);
  }

  #checkApi({ method = '' }: IncomingMessage, path: string): void {
    const { httpApi } = this.#context.server.config.current;
    if (httpApi === 'off') throw new Problem(404, 'the API is off (http-api)');
    // What batches and commands do is looked at one by one.
    const isLooked = path === '/v1/keys:batch' || path === '/v1/commands';
    if (httpApi === 'read-only' && !isLooked && !READS.has(method))
      throw new Problem(403, 'the API is read-only (http-api)');
  }

  async #serveApi(req: IncomingMessage, res: ServerResponse, methods: string): Promise<void> {
    const { method = '' } = req;
    if (method === 'OPTIONS') {
      sendEmpty(res, 204, { Allow: methods });
      return;
    }
    if (!methods.split(', ').includes(method)) throw new Problem(405, `there is no ${method} here`, { Allow: methods });
    const isPost = method === 'POST';
    const body = isPost ? { body: await readJson(req, this.#context) } : {};
    const headers = { 'Content-Type': 'application/json' };
    const { app } = await this.#loadApi();
    const answer = await app.request(req.url ?? '', { method, headers, ...body });
    const text = (await answer.text()).trimEnd();
    res.writeHead(answer.status, {
      ...Object.fromEntries(answer.headers),
      'Content-Length': Buffer.byteLength(text) + 1,
    });
    res.end(method === 'HEAD' ? undefined : `${text}\n`);
  }

  /** Commands of the dashboard: its key browser and its command box. */
  async #serveDashboard(req: IncomingMessage, res: ServerResponse, { query }: Target): Promise<void> {
    if (req.method !== 'POST') throw new Problem(405, `there is no ${req.method} here`, { Allow: 'POST' });
    checkParameters(query, 'db');
    const body = await readJson(req, this.#context);
    const { runDashboardCommands } = await import('./api/dashboard-commands.js');
    sendFresh(res, await runDashboardCommands(this.#context, body, query?.get('db') ?? undefined));
  }

  async #servePage(req: IncomingMessage, res: ServerResponse, { path, query }: Target): Promise<void> {
    const page = this.#pages.get(path);
    if (page === undefined) throw new Problem(404, `there is nothing at ${path}; /docs says what there is`);
    const { method = '' } = req;
    if (method === 'OPTIONS') {
      sendEmpty(res, 204, { Allow: PAGE_METHODS });
      return;
    }
    if (!READS.has(method)) throw new Problem(405, `there is no ${method} here`, { Allow: PAGE_METHODS });
    if (path !== '/readyz') checkParameters(query);
    await page(res);
  }
}

/** The bytes of a JSON document. A page of another origin can't send one without being asked first. */
function readJson(req: IncomingMessage, { server }: HttpContext): Promise<Buffer> {
  const type = mediaTypeOf(req);
  if (type !== 'application/json') throw new Problem(415, `the body must be application/json, not '${type}'`);
  return readBody(req, server.config.current.httpJsonLimit);
}

function sendFresh(res: ServerResponse, value: unknown): void {
  res.setHeader('Cache-Control', 'no-store');
  sendJson(res, 200, value);
}

function sendHealth(res: ServerResponse, { status, body }: ReturnType<typeof liveness>): void {
  res.setHeader('Cache-Control', 'no-store');
  sendJson(res, status, body);
}

function sendText(res: ServerResponse, headers: Readonly<Record<string, string>>, text: string): void {
  res.writeHead(200, { ...headers, 'Content-Length': Buffer.byteLength(text) });
  res.end(text);
}
