/** A server that speaks memcached, on a port of its own. */
import { freePort } from './free-port.js';
import { type Options, type ServerProcess, startServer } from './server-process.js';

export interface MemcachedServer {
  readonly process: ServerProcess;
  readonly port: number;
}

export async function startMemcached(options: Options = {}): Promise<MemcachedServer> {
  const port = await freePort();
  return { process: await startServer({ 'memcached-port': port, ...options }), port };
}
