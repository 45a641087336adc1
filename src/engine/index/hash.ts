/**
 * SipHash-1-2 (Aumasson and Bernstein, 2012; the reduced variant that Redis uses too): a keyed hash, so that nobody
 * who doesn't know the key can choose colliding names.
 *
 * How the 64 bits are used:
 *   high word   shard (range), bucket in a segment (low 16 bits), fingerprint (bits 16-23)
 *   low word    prefix that selects the segment in the directory
 */
import { state } from "../state";

@inline
function load64Partial(at: usize, bytes: u32): u64 {
  // Reads 0..7 bytes without going past them: a key may end where its block does.
  let r: u64 = 0;
  if (bytes & 4) {
    r = load<u32>(at);
    if (bytes & 2) {
      r |= (<u64>load<u16>(at, 4)) << 32;
      if (bytes & 1) r |= (<u64>load<u8>(at, 6)) << 48;
    } else if (bytes & 1) {
      r |= (<u64>load<u8>(at, 4)) << 32;
    }
  } else if (bytes & 2) {
    r = load<u16>(at);
    if (bytes & 1) r |= (<u64>load<u8>(at, 2)) << 16;
  } else if (bytes & 1) {
    r = load<u8>(at);
  }
  return r;
}

export function hashOf(key: usize, length: u32): u64 {
  const s = state();
  const k0 = s.hashKey0;
  const k1 = s.hashKey1;
  let v0: u64 = k0 ^ 0x736f6d6570736575;
  let v1: u64 = k1 ^ 0x646f72616e646f6d;
  let v2: u64 = k0 ^ 0x6c7967656e657261;
  let v3: u64 = k1 ^ 0x7465646279746573;
  const end = key + (length & ~7);
  let at = key;
  while (at < end) {
    const m = load<u64>(at);
    v3 ^= m;
    v0 += v1; v1 = rotl<u64>(v1, 13); v1 ^= v0; v0 = rotl<u64>(v0, 32);
    v2 += v3; v3 = rotl<u64>(v3, 16); v3 ^= v2;
    v0 += v3; v3 = rotl<u64>(v3, 21); v3 ^= v0;
    v2 += v1; v1 = rotl<u64>(v1, 17); v1 ^= v2; v2 = rotl<u64>(v2, 32);
    v0 ^= m;
    at += 8;
  }
  const b = ((<u64>length) << 56) | load64Partial(at, length & 7);
  v3 ^= b;
  v0 += v1; v1 = rotl<u64>(v1, 13); v1 ^= v0; v0 = rotl<u64>(v0, 32);
  v2 += v3; v3 = rotl<u64>(v3, 16); v3 ^= v2;
  v0 += v3; v3 = rotl<u64>(v3, 21); v3 ^= v0;
  v2 += v1; v1 = rotl<u64>(v1, 17); v1 ^= v2; v2 = rotl<u64>(v2, 32);
  v0 ^= b;
  v2 ^= 0xff;
  for (let i = 0; i < 2; i++) {
    v0 += v1; v1 = rotl<u64>(v1, 13); v1 ^= v0; v0 = rotl<u64>(v0, 32);
    v2 += v3; v3 = rotl<u64>(v3, 16); v3 ^= v2;
    v0 += v3; v3 = rotl<u64>(v3, 21); v3 ^= v0;
    v2 += v1; v1 = rotl<u64>(v1, 17); v1 ^= v2; v2 = rotl<u64>(v2, 32);
  }
  return v0 ^ v1 ^ v2 ^ v3;
}
