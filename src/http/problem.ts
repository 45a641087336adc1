/** Errors as RFC 9457 has them: application/problem+json. */
import type { ServerResponse } from 'node:http';
import { ReplyError } from '../acceptor/local/reply-parser.js';

export const PROBLEM_TYPE = 'application/problem+json';

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad request',
  401: 'Authentication required',
  403: 'Forbidden',
  404: 'Not found',
  405: 'Method not allowed',
  406: 'Not acceptable',
  409: 'Conflict',
  412: 'Precondition failed',
  413: 'Content too large',
  415: 'Unsupported media type',
  416: 'Range not satisfiable',
  417: 'Expectation failed',
  421: 'Misdirected request',
  422: 'Unprocessable content',
  500: 'Internal server error',
  503: 'Service unavailable',
  507: 'Insufficient storage',
};

/** Something that is told to whoever has asked. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  /** First word of the error that a command has answered with. */
  readonly code: string | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, detail: string, headers: Readonly<Record<string, string>> = {}, code?: string) {
    super(detail);
    this.status = status;
    this.headers = headers;
    this.code = code;
  }

  get body(): string {
    const { status, message: detail, code } = this;
    const title = TITLES[status] ?? 'Error';
    return `${JSON.stringify({ type: 'about:blank', title, status, detail, ...(code === undefined ? {} : { code }) })}\n`;
  }
}

/** Statuses of errors by their first words. */
const STATUSES: Readonly<Record<string, number>> = {
  WRONGTYPE: 409,
  OOM: 507,
  NOAUTH: 401,
  NOPERM: 403,
  LOADING: 503,
  BUSY: 503,
  MASTERDOWN: 503,
  CLUSTERDOWN: 503,
};

/** What a failure is to whoever has asked; undefined for what is our own fault. */
export function problemOf(error: unknown): Problem | undefined {
  if (error instanceof Problem) return error;
  if (!(error instanceof ReplyError)) return undefined;
  const { code, message } = error;
  const status = STATUSES[code] ?? (message.includes('was restarted') ? 503 : 400);
  return new Problem(status, message, {}, code);
}

export function sendProblem(res: ServerResponse, problem: Problem): void {
  if (res.headersSent) {
    res.destroy();
    return;
  }
  const { status, body, headers } = problem;
  // What is left of the request is not worth reading.
  const ends = res.req.complete ? {} : { Connection: 'close' };
  const length = Buffer.byteLength(body);
  res.writeHead(status, { 'Content-Type': PROBLEM_TYPE, 'Content-Length': length, ...ends, ...headers });
  res.end(res.req.method === 'HEAD' ? undefined : body);
}
