/** Servers and clients of one test, ended when it is over. */
import { afterAll, afterEach, beforeAll } from 'vitest';
import { RawClient } from './raw-client.js';
import { type Launch, type Options, type ServerProcess, startServer } from './server-process.js';

export interface Servers {
  start(options?: Options, launch?: Launch): Promise<ServerProcess>;
  open(server: ServerProcess, host?: string): Promise<RawClient>;
  /** Something else to be undone. */
  later(undo: () => unknown): void;
}

/** To be called at the top of a test file. */
export function useServers(): Servers {
  const undo: (() => unknown)[] = [];
  afterEach(async () => {
    for (const step of undo.splice(0).reverse()) await step();
  });
  return {
    async start(options, launch) {
      const server = await startServer(options, launch);
      undo.push(() => server.kill());
      return server;
    },
    async open(server, host) {
      const client = await RawClient.open(server.port, host);
      undo.push(() => client.close());
      return client;
    },
    later: (step) => void undo.push(step),
  };
}

/** One server for all tests of a block, and clients that are closed after each test. */
export function useServer(options?: Options, launch?: Launch): { server(): ServerProcess; open(): Promise<RawClient> } {
  let server: ServerProcess | undefined;
  const clients: RawClient[] = [];
  beforeAll(async () => {
    server = await startServer(options, launch);
  });
  afterEach(() => {
    for (const client of clients.splice(0)) client.close();
  });
  afterAll(() => server?.kill());
  const running = (): ServerProcess => server as ServerProcess;
  return {
    server: running,
    async open() {
      const client = await RawClient.open(running().port);
      clients.push(client);
      return client;
    },
  };
}
