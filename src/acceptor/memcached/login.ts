/** Name and password, as memcached's protocols give them. */
import { CONN_AUTHENTICATED } from '../../engine/layout/connection.js';
import type { ServerParts } from '../commands/context.js';
import { sameSecret } from '../commands/secret.js';
import type { Connection } from '../connection.js';

export interface Login {
  readonly user: string;
  readonly password: string;
}

/** `user password`, the value of the first `set` of the text protocol. */
export function readLogin(data: Uint8Array): Login | undefined {
  const words = Buffer.from(data).toString('utf8').split(' ');
  const [user, password] = words.filter((word) => word !== '');
  return user === undefined || password === undefined ? undefined : { user, password };
}

/** The message of SASL PLAIN: whom to act for (empty, or the user), the user, the password, with a NUL between each. */
export function readPlain(data: Uint8Array): Login | undefined {
  const [actFor, user, password, ...more] = Buffer.from(data).toString('utf8').split('\0');
  if (user === undefined || password === undefined || more.length !== 0) return undefined;
  return actFor === '' || actFor === user ? { user, password } : undefined;
}

/** Lets a client in whose name and password are right. */
export function logIn(server: ServerParts, connection: Connection, user: string, password: string): boolean {
  const { requirepass } = server.config.current;
  // Compared whatever the name is: how long it takes must not tell which of the two was wrong.
  const isRight = requirepass === '' || sameSecret(password, requirepass);
  if (!isRight || user !== 'default') return false;
  server.acceptor.records.setFlag(connection, CONN_AUTHENTICATED, true);
  server.clients.of(connection).user = user;
  return true;
}
