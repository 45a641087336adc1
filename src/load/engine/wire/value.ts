/** Looks at a value while it comes in, piece by piece: is it what it says that it is? */
import { Connection, entryAt } from "../connection";
import { VERIFIED_LEAST } from "../layout";
import { isVerified } from "../run";
import { isReading } from "../settle";
import { isFiller, tagOf } from "../values";

/** The length of a value whose end only the protocol tells: then its own word for it counts. */
export const LENGTH_UNKNOWN: u64 = 0xffffffff;

/** Before a value's first byte; `bytes` is its length. */
export function beginValue(c: Connection, bytes: u64): void {
  if (!isVerified || c.head == c.sent || !isReading(entryAt(c, c.head))) return;
  c.isChecked = true;
  c.isIntact = bytes >= VERIFIED_LEAST && bytes <= LENGTH_UNKNOWN;
  c.valueBytes = 0;
  c.valueLength = <u32>bytes;
}

export function feedValue(c: Connection, at: usize, bytes: u32): void {
  if (!c.isChecked || !c.isIntact) return;
  while (bytes != 0 && c.valueBytes < VERIFIED_LEAST) {
    store<u8>(headerOf(c) + c.valueBytes, load<u8>(at++));
    bytes--;
    if (++c.valueBytes == VERIFIED_LEAST) endHeader(c);
  }
  if (bytes == 0 || !c.isIntact) return;
  if (!isFiller(at, bytes, c.valueBytes, c.valueTag)) c.isIntact = false;
  c.valueBytes += bytes;
}

/** The header is key, version, length, tag (values.ts): the words that follow one another in the connection. */
@inline
function headerOf(c: Connection): usize {
  return changetype<usize>(c) + offsetof<Connection>("valueKey");
}

function endHeader(c: Connection): void {
  if (c.valueLength == <u32>LENGTH_UNKNOWN) c.valueLength = c.valueSays;
  if (c.valueSays != c.valueLength) c.isIntact = false;
  else if (c.valueTag != tagOf(c.valueKey, c.valueVersion, c.valueLength)) c.isIntact = false;
}
