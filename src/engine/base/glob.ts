/** Redis's glob patterns: `*`, `?`, `[a-z]`, `[^a]`, and `\` before a character that stands for itself. */

/** More stars than this that have to be tried again are answered with no match, so that a pattern can't take for ever. */
const TRIES_MAX: u32 = 1 << 20;
let tries: u32 = 0;
/** A pattern that needs more stars than this matches nothing: Redis's limit on how deep its matching goes. */
const STARS_MAX: u32 = 1000;

export function matchesGlob(pattern: usize, patternBytes: u32, text: usize, textBytes: u32): bool {
  tries = 0;
  return match(pattern, pattern + patternBytes, text, text + textBytes);
}

/** A later star makes an earlier one final, so only the last is ever tried again. */
function match(pattern: usize, patternEnd: usize, text: usize, textEnd: usize): bool {
  let starPattern: usize = 0;
  let starText: usize = 0;
  let stars: u32 = 0;
  while (true) {
    let ok = false;
    if (pattern == patternEnd) {
      if (text == textEnd) return true;
    } else {
      const c: u32 = load<u8>(pattern);
      if (c == 0x2a) {
        while (pattern < patternEnd && load<u8>(pattern) == 0x2a) pattern++;
        if (pattern == patternEnd) return true;
        if (++stars > STARS_MAX) return false;
        starPattern = pattern;
        starText = text;
        continue;
      }
      if (text < textEnd) {
        if (c == 0x3f) {
          ok = true;
          pattern++;
        } else if (c == 0x5b) {
          ok = matchClass(pattern + 1, patternEnd, load<u8>(text));
          pattern = classEnd;
        } else {
          const literal = c == 0x5c && pattern + 1 < patternEnd;
          ok = load<u8>(literal ? pattern + 1 : pattern) == load<u8>(text);
          pattern += literal ? 2 : 1;
        }
        if (ok) {
          text++;
          continue;
        }
      }
    }
    if (starPattern == 0 || starText >= textEnd || ++tries > TRIES_MAX) return false;
    pattern = starPattern;
    text = ++starText;
  }
  return false;
}

let classEnd: usize = 0;

/** Whether a character is in the class that begins at `at`, behind its bracket; sets `classEnd` behind the other one. */
function matchClass(at: usize, end: usize, c: u32): bool {
  let found = false;
  const negated = at < end && load<u8>(at) == 0x5e;
  if (negated) at++;
  while (true) {
    if (at >= end) {
      at = end;
      break;
    }
    let low: u32 = load<u8>(at);
    if (low == 0x5c && at + 1 < end) {
      at++;
      if (load<u8>(at) == c) found = true;
    } else if (low == 0x5d) {
      at++;
      break;
    } else if (at + 2 < end && load<u8>(at + 1) == 0x2d) {
      let high: u32 = load<u8>(at + 2);
      if (low > high) {
        const other = low;
        low = high;
        high = other;
      }
      at += 2;
      if (c >= low && c <= high) found = true;
    } else if (low == c) {
      found = true;
    }
    at++;
  }
  classEnd = at;
  return found != negated;
}
