/** Reading reply records where they lie (layout: engine/layout/reply.ts). */
import {
  REFERENCE_ADDRESS,
  REFERENCE_AT,
  REFERENCE_BLOB,
  REFERENCE_LENGTH,
  REFERENCE_SIZE,
  REFERENCE_TEXT,
  REPLY_BYTES,
  REPLY_HEADER,
  REPLY_REFERENCES,
} from '../engine/layout/reply.js';
import type { PlacedReference } from './exchange.js';
import type { ShardPort } from './shard-port.js';

const NONE: readonly PlacedReference[] = [];

/** References of a record, in the order of their places. */
export function readReferences(port: ShardPort, record: number): readonly PlacedReference[] {
  const { unsigned } = port.engine;
  const count = unsigned[(record + REPLY_REFERENCES) >> 2] as number;
  if (count === 0) return NONE;
  const bytes = unsigned[(record + REPLY_BYTES) >> 2] as number;
  const first = (record + REPLY_HEADER + bytes + 7) & ~7;
  const references: PlacedReference[] = [];
  for (let i = count - 1; i >= 0; i--) {
    const at = first + i * REFERENCE_SIZE;
    const blob = unsigned[(at + REFERENCE_BLOB) >> 2] as number;
    references.push({
      keeper: port,
      at: unsigned[(at + REFERENCE_AT) >> 2] as number,
      address: unsigned[(at + REFERENCE_ADDRESS) >> 2] as number,
      length: unsigned[(at + REFERENCE_LENGTH) >> 2] as number,
      blob: (blob & ~REFERENCE_TEXT) >>> 0,
      isText: (blob & REFERENCE_TEXT) !== 0,
      epoch: port.epoch,
    });
  }
  return references;
}
