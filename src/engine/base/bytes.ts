/** Bytes in linear memory. */

@inline
export function equalBytes(a: usize, b: usize, length: u32): bool {
  if (length >= 8) return equalLong(a, b, length);
  return equalShort(a, b, length);
}

/** Eight at a time; the last step overlaps the one before. */
@inline
function equalLong(a: usize, b: usize, length: u32): bool {
  const last = length - 8;
  let i: u32 = 0;
  while (i < last) {
    if (load<u64>(a + i) != load<u64>(b + i)) return false;
    i += 8;
  }
  return load<u64>(a + last) == load<u64>(b + last);
}

@inline
function equalShort(a: usize, b: usize, length: u32): bool {
  if (length >= 4) {
    return load<u32>(a) == load<u32>(b) && load<u32>(a + length - 4) == load<u32>(b + length - 4);
  }
  for (let i: u32 = 0; i < length; i++) {
    if (load<u8>(a + i) != load<u8>(b + i)) return false;
  }
  return true;
}

/** Below this a loop is faster than `memory.copy`, which leaves Wasm. */
const COPY_LOOP_MAX: u32 = 256;

/** Copies between regions that don't overlap. */
@inline
export function copyBytes(to: usize, from: usize, length: u32): void {
  if (length <= COPY_LOOP_MAX && length >= 16) {
    const last = length - 16;
    let i: u32 = 0;
    while (i < last) {
      v128.store(to + i, v128.load(from + i));
      i += 16;
    }
    v128.store(to + last, v128.load(from + last));
  } else if (length < 16) {
    copyShort(to, from, length);
  } else {
    memory.copy(to, from, length);
  }
}

@inline
function copyShort(to: usize, from: usize, length: u32): void {
  if (length >= 8) {
    const tail = load<u64>(from + length - 8);
    store<u64>(to, load<u64>(from));
    store<u64>(to + length - 8, tail);
  } else if (length >= 4) {
    const tail = load<u32>(from + length - 4);
    store<u32>(to, load<u32>(from));
    store<u32>(to + length - 4, tail);
  } else {
    for (let i: u32 = 0; i < length; i++) store<u8>(to + i, load<u8>(from + i));
  }
}
