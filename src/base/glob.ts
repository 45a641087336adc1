/** Patterns as in KEYS and CONFIG GET: `*`, `?`, `[a-c]`, `[^a]`, and a backslash before a character that is meant. */

/** A pattern that needs more stars than this matches nothing: Redis's limit on how deep its matching goes. */
const STARS_MAX = 1000;

/**
 * Whether all of `text` matches. Takes time in proportion to the product of the lengths at worst: when a match fails,
 * only the last `*` has to be tried further on, as an earlier one could not reach anything that it can't.
 */
export function matchesGlob(pattern: string, text: string): boolean {
  let at = 0;
  let i = 0;
  let star = -1;
  let starText = 0;
  let stars = 0;
  while (i < text.length) {
    if (pattern[at] === '*') {
      while (pattern[at + 1] === '*') at++;
      if (at + 1 < pattern.length && ++stars > STARS_MAX) return false;
      star = at++;
      starText = i;
      continue;
    }
    const next = at < pattern.length ? matchOne(pattern, at, text.charCodeAt(i)) : -1;
    if (next >= 0) {
      at = next;
      i++;
    } else if (star >= 0) {
      at = star + 1;
      i = ++starText;
    } else {
      return false;
    }
  }
  while (pattern[at] === '*') at++;
  return at === pattern.length;
}

/** Where the pattern goes on after the element at `at` has matched the character; -1 when it has not. */
function matchOne(pattern: string, at: number, code: number): number {
  switch (pattern[at]) {
    case '?':
      return at + 1;
    case '[':
      return matchClass(pattern, at + 1, code);
    case '\\':
      if (at + 1 < pattern.length) at++;
  }
  return pattern.charCodeAt(at) === code ? at + 1 : -1;
}

/** A class without a closing bracket ends with the pattern, as in Redis. */
function matchClass(pattern: string, at: number, code: number): number {
  const negated = pattern[at] === '^';
  if (negated) at++;
  let found = false;
  for (; at < pattern.length && pattern[at] !== ']'; at++) {
    if (pattern[at] === '\\' && at + 1 < pattern.length) {
      at++;
      found ||= pattern.charCodeAt(at) === code;
    } else if (pattern[at + 1] === '-' && at + 2 < pattern.length) {
      const [a, b] = [pattern.charCodeAt(at), pattern.charCodeAt(at + 2)];
      found ||= code >= Math.min(a, b) && code <= Math.max(a, b);
      at += 2;
    } else {
      found ||= pattern.charCodeAt(at) === code;
    }
  }
  return found === negated ? -1 : Math.min(at + 1, pattern.length);
}

/** Whether a word is a pattern and not just a name: what CONFIG GET asks. */
export function isGlob(word: string): boolean {
  return /[[*?]/.test(word);
}
