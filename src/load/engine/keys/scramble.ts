/**
 * A fixed permutation of 0 to n - 1: ranks become keys that are spread over the whole key space. Rounds of multiplying
 * by an odd number and xor-shifting permute the next power of two; what falls out of the range goes round again.
 */
let size: u64 = 0;
let mask: u64 = 0;
let shift: u64 = 0;

export function scramble(rank: u64, n: u64): u64 {
  if (n != size) setSize(n);
  let x = rank;
  do {
    x = (x * 0x9e3779b97f4a7c15 + 0x7f4a7c15) & mask;
    x ^= x >> shift;
    x = (x * 0xd6e8feb86659fd93) & mask;
    x ^= x >> shift;
  } while (x >= n);
  return x;
}

function setSize(n: u64): void {
  size = n;
  const bits: u64 = n < 2 ? 1 : 64 - clz<u64>(n - 1);
  mask = (<u64>1 << bits) - 1;
  shift = bits / 2 + 1;
}
