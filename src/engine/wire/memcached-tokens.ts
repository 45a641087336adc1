/** The words of a memcached line: what stands between spaces. */
import { TOKENS } from "./staging";

/** As many as memcached looks at. */
export const TOKENS_MAX: u32 = 23;

/** Words of the last line, TOKENS_MAX of them at the most. */
export let tokens: u32 = 0;

export function tokenize(at: usize, end: usize): void {
  tokens = 0;
  while (tokens < TOKENS_MAX) {
    while (at < end && load<u8>(at) == 0x20) at++;
    if (at >= end) return;
    const start = at;
    while (at < end && load<u8>(at) != 0x20) at++;
    store<u32>(TOKENS + (tokens << 3), <u32>start);
    store<u32>(TOKENS + (tokens << 3), <u32>(at - start), 4);
    tokens++;
  }
}

@inline
export function tokenAt(i: u32): usize {
  return load<u32>(TOKENS + (i << 3));
}

@inline
export function tokenLength(i: u32): u32 {
  return load<u32>(TOKENS + (i << 3), 4);
}

@inline
export function setTokenLength(i: u32, length: u32): void {
  store<u32>(TOKENS + (i << 3), length, 4);
}

/** A word of up to 8 letters as a number, 0 for longer ones. */
@inline
export function tokenWord(i: u32): u64 {
  const length = tokenLength(i);
  if (length > 8) return 0;
  const word = load<u64>(tokenAt(i));
  return length == 8 ? word : word & (((<u64>1) << (<u64>length << 3)) - 1);
}
