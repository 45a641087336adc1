/** Servers of one test, stopped when it is over. */
import { afterEach } from 'vitest';

interface Stoppable {
  start(): Promise<unknown>;
  stop(): Promise<void>;
}

/** To be called at the top of a test file. */
export function useStarted(): <S extends Stoppable>(server: S) => Promise<S> {
  const running: Stoppable[] = [];
  afterEach(async () => {
    for (const server of running.splice(0)) await server.stop();
  });
  return async (server) => {
    running.push(server);
    await server.start();
    return server;
  };
}
