/** What a client is told whose bytes are not RESP: Redis's texts. */
import {
  BROKEN_BIG_BULK_COUNT,
  BROKEN_BIG_COUNT,
  BROKEN_BIG_INLINE,
  BROKEN_BULK_LENGTH,
  BROKEN_EXPECTED_DOLLAR,
  BROKEN_MULTIBULK_LENGTH,
  BROKEN_QUOTES,
  BROKEN_TOO_LARGE,
  BROKEN_UNAUTHENTICATED_BULK,
  BROKEN_UNAUTHENTICATED_MULTIBULK,
} from '../engine/layout/connection.js';

const TEXTS: Readonly<Record<number, string>> = {
  [BROKEN_MULTIBULK_LENGTH]: 'invalid multibulk length',
  [BROKEN_BULK_LENGTH]: 'invalid bulk length',
  [BROKEN_BIG_INLINE]: 'too big inline request',
  [BROKEN_BIG_COUNT]: 'too big mbulk count string',
  [BROKEN_BIG_BULK_COUNT]: 'too big bulk count string',
  [BROKEN_QUOTES]: 'unbalanced quotes in request',
  [BROKEN_UNAUTHENTICATED_MULTIBULK]: 'unauthenticated multibulk length',
  [BROKEN_UNAUTHENTICATED_BULK]: 'unauthenticated bulk length',
  [BROKEN_TOO_LARGE]: 'request exceeds client-query-buffer-limit',
};

/** The error reply for a reason of the framer (BROKEN_...); `byte` is what stood where a `$` was expected. */
export function brokenText(reason: number, byte: number): string {
  const text = reason === BROKEN_EXPECTED_DOLLAR ? `expected '$', got '${printable(byte)}'` : TEXTS[reason];
  return `-ERR Protocol error: ${text ?? 'invalid request'}\r\n`;
}

function printable(byte: number): string {
  return byte === 0x0d || byte === 0x0a ? ' ' : String.fromCharCode(byte);
}
