/** A server within the test that serves HTTP on a free port. */
import { createServer, type EmbeddedServer } from 'ringshard';
import { afterAll, beforeAll } from 'vitest';

export type HttpOptions = Parameters<typeof createServer>[0];

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Buffer;
  readonly text: string;
}

export interface HttpServer {
  readonly server: EmbeddedServer;
  readonly url: string;
  ask(method: string, path: string, body?: string | Buffer, headers?: Record<string, string>): Promise<Answer>;
  /** The same with JSON both ways. */
  json(method: string, path: string, body?: unknown): Promise<{ readonly status: number; readonly body: unknown }>;
}

export async function startHttpServer(options: HttpOptions = {}): Promise<HttpServer> {
  const server = await createServer({ httpPort: 'any', ...options });
  const url = server.httpUrl as string;
  const ask: HttpServer['ask'] = async (method, path, body, headers = {}) => {
    const sent = typeof body === 'string' ? body : body === undefined ? null : new Uint8Array(body);
    const answer = await fetch(url + path, { method, headers, body: sent });
    const bytes = Buffer.from(await answer.arrayBuffer());
    return { status: answer.status, headers: answer.headers, bytes, text: bytes.toString() };
  };
  return {
    server,
    url,
    ask,
    async json(method, path, body) {
      const type: Record<string, string> = body === undefined ? {} : { 'Content-Type': 'application/json' };
      const answer = await ask(method, path, body === undefined ? undefined : JSON.stringify(body), type);
      return { status: answer.status, body: JSON.parse(answer.text) };
    },
  };
}

/** One server for all tests of a block. */
export function useHttpServer(options?: HttpOptions): () => HttpServer {
  let running: HttpServer | undefined;
  beforeAll(async () => {
    running = await startHttpServer(options);
  });
  afterAll(() => running?.server.close());
  return () => running as HttpServer;
}
