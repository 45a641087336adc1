/** Lines that end in CR LF (or LF alone), also those that come in several pieces. */
import { Connection, LINE_KEPT } from "../connection";

/** The line that was found: its bytes without its end. */
export let lineAt: usize = 0;
export let lineLength: u32 = 0;
/** Where the bytes go on. */
export let after: usize = 0;

/** Looks for the end of a line; false when it has not come yet, and what there is of it has been kept. */
export function takeLine(c: Connection, at: usize, end: usize): bool {
  let feed = at;
  while (feed < end && load<u8>(feed) != 0x0a) feed++;
  if (feed == end) {
    keep(c, at, end);
    return false;
  }
  after = feed + 1;
  if (c.lineLength != 0) {
    keep(c, at, feed);
    lineAt = c.line;
    lineLength = c.lineLength;
    c.lineLength = 0;
  } else {
    lineAt = at;
    lineLength = <u32>(feed - at);
  }
  if (lineLength != 0 && load<u8>(lineAt + lineLength - 1) == 0x0d) lineLength--;
  return true;
}

/** Keeps bytes of a line for later, as many as there is room for. */
export function keep(c: Connection, at: usize, end: usize): void {
  const bytes = min(<u32>(end - at), LINE_KEPT - c.lineLength);
  memory.copy(c.line + c.lineLength, at, bytes);
  c.lineLength += bytes;
}
