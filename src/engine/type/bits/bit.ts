/** SETBIT and GETBIT. */
import { NOTE_SETBIT } from "../../layout/note";
import { readSigned, value } from "../../base/decimal";
import { integerValue, isInteger } from "../../command/arguments";
import { argData, argLength, firstArg, nextArg } from "../../command/context";
import { error, wrongType } from "../../command/errors";
import { findKey, readKey } from "../../command/key";
import { BIT_OFFSET, BIT_VALUE } from "../../generated/texts";
import { noteChange } from "../../keyspace/keys";
import { state } from "../../state";
import { integer } from "../../wire/resp";
import { lengthen } from "../string/edit";
import { isString, stringData, stringLength } from "../string/value";

/** The offset that `readBitOffset` read. */
export let bitOffset: i64 = 0;

/** Reads an offset in bits; with `width` also `#n`, the n-th field of that width. */
export function readBitOffset(arg: usize, width: u32): bool {
  let data = argData(arg);
  let length = argLength(arg);
  const byField = width != 0 && length != 0 && load<u8>(data) == 0x23;
  if (byField) {
    data++;
    length--;
  }
  if (readSigned(data, length)) {
    const limit = <i64>state().protoMaxBulk << 3;
    // Past the limit anyway, and without it the product could overflow.
    const n = byField && value < limit ? value * width : value;
    if (n >= 0 && n < limit) {
      bitOffset = n;
      return true;
    }
  }
  error(BIT_OFFSET);
  return false;
}

export function setbit(): void {
  const offsetArg = nextArg(firstArg);
  if (!readBitOffset(offsetArg, 0)) return;
  const at = bitOffset;
  if (!isInteger(nextArg(offsetArg)) || (integerValue & ~1) != 0) {
    error(BIT_VALUE);
    return;
  }
  const bit = <u32>integerValue;
  let item = findKey();
  if (item != 0 && !isString(item)) {
    wrongType();
    return;
  }
  const before = item == 0 ? 0 : stringLength(item);
  const byte = <u32>(at >> 3);
  item = lengthen(item, byte + 1);
  if (item == 0) return;
  const address = stringData(item) + byte;
  const shift = 7 - <u32>(at & 7);
  const old: u32 = load<u8>(address);
  const was = (old >> shift) & 1;
  store<u8>(address, (old & ~(1 << shift)) | (bit << shift));
  if (was != bit || stringLength(item) != before) noteChange(NOTE_SETBIT);
  integer(was);
}

export function getbit(): void {
  if (!readBitOffset(nextArg(firstArg), 0)) return;
  const item = readKey();
  if (item != 0 && !isString(item)) {
    wrongType();
    return;
  }
  const byte = bitOffset >> 3;
  if (item == 0 || byte >= <i64>stringLength(item)) {
    integer(0);
    return;
  }
  integer((<u32>load<u8>(stringData(item) + <usize>byte) >> (7 - <u32>(bitOffset & 7))) & 1);
}
