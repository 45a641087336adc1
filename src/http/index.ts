/** HTTP: REST, metrics and health over the same keys. A client of the acceptor, as those over TCP are. */
import type { ServerParts } from '../acceptor/commands/context.js';
import { HttpService } from './service.js';

export type { HttpService } from './service.js';

/**
 * Starts the service. Undefined if the usual port is taken and nobody has asked for it by name: the log says so, and the
 * server goes on without.
 */
export async function startHttp(server: ServerParts): Promise<HttpService | undefined> {
  const service = new HttpService(server);
  try {
    await service.listen();
    return service;
  } catch (error) {
    await service.stop(0);
    const { code, port, message } = error as NodeJS.ErrnoException & { readonly port?: number };
    if (server.config.current.httpPort === 'auto' && (code === 'EADDRINUSE' || code === 'EACCES')) {
      server.log.warning(
        `No HTTP: port ${port} is ${code === 'EACCES' ? 'not allowed' : 'taken'} (option http-port names another one, or 0 for none)`,
      );
      return undefined;
    }
    throw new Error(`can't serve HTTP: ${message}`, { cause: error });
  }
}
