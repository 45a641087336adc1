/** A server that speaks memcached, on a port of its own. */
import { freePort } from './free-port.js';
import { type Options, type ServerProcess, startServer } from './server-process.js';

export interface MemcachedServer {
  readonly process: ServerProcess;
  readonly port: number;
}

const TRIES = 5;

/** A port that was free a moment ago may have been taken meanwhile: then it is another one's turn. */
export async function startMemcached(options: Options = {}): Promise<MemcachedServer> {
  for (let left = TRIES; ; left--) {
    const port = await freePort();
    try {
      return { process: await startServer({ 'memcached-port': port, ...options }), port };
    } catch (error) {
      if (left === 1 || !String(error).includes('Address already in use')) throw error;
    }
  }
}
