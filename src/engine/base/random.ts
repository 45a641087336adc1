/** xorshift64* (Vigna, 2014); its state is set by the host, so that a test can repeat a run. */
import { state } from "../state";

export function random64(): u64 {
  const s = state();
  let x = s.randomState;
  x ^= x >> 12;
  x ^= x << 25;
  x ^= x >> 27;
  s.randomState = x;
  return x * 0x2545f4914f6cdd1d;
}

@inline
export function random32(): u32 {
  return <u32>(random64() >> 32);
}
