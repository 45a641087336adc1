/**
 * What the requests of memcached's protocols become (engine/layout/memcached.ts). Several of these protocols' commands
 * share one. Their arity is not looked at: the framer makes the frames.
 */
import type { InternalSpec } from './spec.js';

const READS = { arity: -3, keys: [1, 1] } as const;
const WRITES = { ...READS, write: true } as const;

export const MEMCACHED: readonly InternalSpec[] = [
  { name: 'mc|get', ...READS },
  { name: 'mc|gat', ...WRITES },
  { name: 'mc|store', ...WRITES },
  /** A value that was too large: its key goes, if it was to be set. */
  { name: 'mc|refused', ...WRITES },
  { name: 'mc|delete', ...WRITES },
  { name: 'mc|delta', ...WRITES },
  { name: 'mc|touch', ...WRITES },
  /** A constant text. */
  { name: 'mc|text', arity: 2 },

  { name: 'mc|meta|get', ...READS },
  /** A `mg` that may change what it finds. */
  { name: 'mc|meta|change', ...WRITES },
  { name: 'mc|meta|store', ...WRITES },
  { name: 'mc|meta|delete', ...WRITES },
  { name: 'mc|meta|delta', ...WRITES },
  { name: 'mc|meta|debug', ...READS },

  { name: 'mc|binary|get', ...READS },
  { name: 'mc|binary|gat', ...WRITES },
  { name: 'mc|binary|store', ...WRITES },
  { name: 'mc|binary|refused', ...WRITES },
  { name: 'mc|binary|delete', ...WRITES },
  { name: 'mc|binary|delta', ...WRITES },
  /** A constant status. */
  { name: 'mc|binary|status', arity: 2 },

  /** For the acceptor: a line of the text protocol, name and password, a request of the binary protocol. */
  { name: 'mc|local', arity: -2 },
  { name: 'mc|auth', arity: -2 },
  { name: 'mc|binary|local', arity: -2 },
];
