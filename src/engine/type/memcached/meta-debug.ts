/** me: what is known of an item. */
import { encodeBase64 } from "../../base/base64";
import { copyBytes } from "../../base/bytes";
import { writeSigned, writeUnsigned } from "../../base/decimal";
import { clock } from "../../command/context";
import { findKey, keyBytes, keyData } from "../../command/key";
import { MC_META_MISS } from "../../generated/texts";
import { BINARY_KEY, casOf, FETCHED, marksOf } from "../../keyspace/extension";
import { accessClock, blobOfItem, clockDistance, flagsOf, SEPARATE } from "../../keyspace/item";
import { expiryOrNone } from "../../keyspace/link";
import { MC_BASE64 } from "../../layout/memcached";
import { STAT_MC_META } from "../../layout/stats";
import { sizeOf } from "../../memory/heap";
import { classOf, SLAB_BLOCK_MAX } from "../../memory/slab";
import { count } from "../../stats";
import { line } from "../../wire/memcached-reply";
import { moveOut, out, room } from "../../wire/reply";
import { NO_EXPIRY } from "../string/value";
import { secondsLeft } from "./exptime";
import { has } from "./options";

/** A word of up to 8 letters. */
function word(letters: u64, length: u32): void {
  store<u64>(out, letters);
  moveOut(out + length);
}

export function metaDebug(): void {
  count(STAT_MC_META);
  const item = findKey();
  if (item == 0) {
    line(MC_META_MISS);
    return;
  }
  if (!room(2 * keyBytes() + 256)) return;
  word(0x20454d, 3); // ME
  if (has(MC_BASE64) || (marksOf(item) & BINARY_KEY) != 0) {
    moveOut(encodeBase64(out, keyData(), keyBytes()));
  } else {
    copyBytes(out, keyData(), keyBytes());
    moveOut(out + keyBytes());
  }
  const expiry = expiryOrNone(item);
  word(0x3d70786520, 5); // exp=
  // memcached counts the seconds up to the end as negative, and none as -1.
  moveOut(writeSigned(out, expiry == NO_EXPIRY ? -1 : -secondsLeft(expiry)));
  word(0x3d616c20, 4); // la=
  moveOut(writeUnsigned(out, clockDistance(accessClock(item), clock)));
  word(0x3d73616320, 5); // cas=
  moveOut(writeUnsigned(out, casOf(item)));
  word(0x3d686374656620, 7); // fetch=
  if ((marksOf(item) & FETCHED) != 0) word(0x736579, 3);
  else word(0x6f6e, 2);
  let size = sizeOf(item);
  word(0x3d736c6320, 5); // cls=
  moveOut(writeUnsigned(out, size <= SLAB_BLOCK_MAX ? classOf(size) : 0));
  if ((flagsOf(item) & SEPARATE) != 0) size += sizeOf(blobOfItem(item));
  word(0x3d657a697320, 6); // size=
  moveOut(writeUnsigned(out, size));
  word(0x0a0d, 2);
}
