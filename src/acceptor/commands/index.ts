/** All commands that the acceptor answers itself. */
import { CONNECTION_HANDLERS } from './connection.js';
import type { Handlers } from './context.js';

export const HANDLERS: Handlers = { ...CONNECTION_HANDLERS };
