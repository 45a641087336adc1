import { COMMAND_FIRST, COMMAND_LAST, COMMAND_STEP } from "../layout/command";

/** How many keys stand among the `args` arguments that begin with a command's first key. */
export function keyCount(entry: usize, args: u32): u32 {
  const step: u32 = load<u8>(entry, COMMAND_STEP);
  const first: i32 = load<i8>(entry, COMMAND_FIRST);
  const last: i32 = load<i8>(entry, COMMAND_LAST);
  const span = last < 0 ? <i32>args + last + 1 : min<i32>(last - first + 1, args);
  return (<u32>span + step - 1) / step;
}
