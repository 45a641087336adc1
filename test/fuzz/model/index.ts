/** What every command of the fuzzer must answer. */
import { BITFIELD } from './bitfield.js';
import { BITS } from './bits.js';
import { CONNECTION } from './connection.js';
import { COUNTERS } from './counters.js';
import { EXPIRY } from './expiry.js';
import { KEYSPACE } from './keyspace.js';
import { LCS } from './lcs.js';
import type { Rules } from './rule.js';
import { STRINGS } from './strings.js';

export const RULES: Rules = {
  ...STRINGS,
  ...COUNTERS,
  ...LCS,
  ...BITS,
  ...BITFIELD,
  ...EXPIRY,
  ...KEYSPACE,
  ...CONNECTION,
};

export { isExact, isNoNumber } from './counters.js';
export type { Expected } from './reply.js';
export type { Rules } from './rule.js';
export { Model } from './state.js';
