/** The flags of a meta command as the client sent them, one after the other; and the parts of replies that repeat them. */
import { encodeBase64 } from "../../base/base64";
import { copyBytes } from "../../base/bytes";
import { writeUnsigned } from "../../base/decimal";
import { argLength } from "../../command/context";
import { keyBytes, keyData } from "../../command/key";
import { moveOut, out } from "../../wire/reply";
import { MC_BASE64 } from "../../layout/memcached";
import { has, third, words } from "./options";

export const LETTER_K: u32 = 0x6b;
export const LETTER_O: u32 = 0x4f;

let next: usize = 0;
let end: usize = 0;
/** The word that `nextWord` came to. */
let wordAt: usize = 0;
let wordLength: u32 = 0;

export function firstWord(): u32 {
  next = words();
  end = next + argLength(third());
  return nextWord();
}

/** The letter of the next flag, 0 at the end. */
export function nextWord(): u32 {
  while (next < end && load<u8>(next) == 0x20) next++;
  if (next >= end) return 0;
  wordAt = next;
  while (next < end && load<u8>(next) != 0x20) next++;
  wordLength = <u32>(next - wordAt);
  return load<u8>(wordAt);
}

/** Bytes that a reply which repeats the flags may take, beside a value. */
export function replyRoom(): u32 {
  return 2 * keyBytes() + argLength(third()) + 512;
}

@inline
export function writePair(pair: u32): void {
  store<u16>(out, pair);
  moveOut(out + 2);
}

/** A flag in a reply, to be followed by what it tells. */
@inline
export function writeLetter(letter: u32): void {
  store<u16>(out, 0x20 | (letter << 8));
  moveOut(out + 2);
}

export function writeCount(letter: u32, n: u64): void {
  writeLetter(letter);
  moveOut(writeUnsigned(out, n));
}

/** Seconds that are left, -1 for no end. */
export function writeTimeLeft(letter: u32, endless: bool, seconds: i64): void {
  writeLetter(letter);
  if (endless) writePair(0x312d);
  else moveOut(writeUnsigned(out, max<i64>(seconds, 0)));
}

/** The word that was come to, if every reply repeats it: the key, and what the client knows its request by. */
export function repeatWord(letter: u32, binaryKey: bool): void {
  if (letter == LETTER_O) {
    store<u8>(out, 0x20);
    copyBytes(out + 1, wordAt, wordLength);
    moveOut(out + 1 + wordLength);
  } else if (letter == LETTER_K) {
    writeLetter(LETTER_K);
    if (binaryKey || has(MC_BASE64)) {
      moveOut(encodeBase64(out, keyData(), keyBytes()));
      writeLetter(0x62);
    } else {
      copyBytes(out, keyData(), keyBytes());
      moveOut(out + keyBytes());
    }
  }
}

/** All of these. */
export function repeatWords(binaryKey: bool): void {
  for (let letter = firstWord(); letter != 0; letter = nextWord()) repeatWord(letter, binaryKey);
}

export function writeLineEnd(): void {
  writePair(0x0a0d);
}
