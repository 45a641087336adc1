import { effective } from '../option.js';
import { integer, LONG_MAX, memory } from '../types/number.js';
import { type OutputLimits, outputLimits } from '../types/output-limits.js';

const MIB = 1024 ** 2;

/** Redis's, except that an ordinary client that does not read its replies has a limit too. */
const OUTPUT_LIMITS: OutputLimits = {
  normal: { hardBytes: 1024 * MIB, softBytes: 256 * MIB, softSeconds: 60 },
  replica: { hardBytes: 256 * MIB, softBytes: 64 * MIB, softSeconds: 60 },
  pubsub: { hardBytes: 32 * MIB, softBytes: 8 * MIB, softSeconds: 60 },
};

export const LIMITS = {
  'proto-max-bulk-len': effective(memory(MIB), {
    default: 512 * MIB,
    summary: 'largest argument of a command',
    live: true,
  }),
  'proto-max-args': effective(integer(1, 1024 ** 2), {
    default: 1024 ** 2,
    summary: 'most arguments of a command',
    unit: 'n',
  }),
  'client-query-buffer-limit': effective(memory(MIB), {
    default: 1024 * MIB,
    summary: 'most input of a client that waits to be executed',
    live: true,
  }),
  'tracking-table-max-keys': effective(integer(0, LONG_MAX), {
    default: 1_000_000,
    summary: 'keys that clients have read which are remembered for CLIENT TRACKING; 0: any number',
    unit: 'n',
    live: true,
  }),
  'client-output-pause': effective(memory(1024), {
    default: MIB,
    summary: 'unread replies at which no more is read from a client',
  }),
  'client-output-buffer-limit': effective(outputLimits(), {
    default: OUTPUT_LIMITS,
    summary:
      'class, hard size, soft size and seconds: unread replies at which a client is closed, or closed if it stays above so long',
    live: true,
  }),
};
