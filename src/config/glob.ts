/**
 * Whether a name matches a pattern as in Redis's KEYS, without regard to case: `*`, `?`, `[abc]`, `[^a-z]`, and `\` takes
 * the meaning away from what follows it.
 */
export function matchesGlob(pattern: string, name: string): boolean {
  return matchesFrom(pattern.toLowerCase(), 0, name.toLowerCase(), 0);
}

/** Whether CONFIG GET takes a word for a pattern, not for a name. */
export function isGlob(word: string): boolean {
  return /[[*?]/.test(word);
}

function matchesFrom(pattern: string, p: number, name: string, n: number): boolean {
  for (; p < pattern.length; n++) {
    const c = pattern[p];
    if (c === '*') {
      while (pattern[p + 1] === '*') p++;
      if (p + 1 === pattern.length) return true;
      for (let rest = n; rest <= name.length; rest++) if (matchesFrom(pattern, p + 1, name, rest)) return true;
      return false;
    }
    if (n >= name.length) return false;
    if (c === '[') {
      const end = classEnd(pattern, p);
      if (!classHas(pattern.slice(p + 1, end), name[n] as string)) return false;
      p = end + 1;
    } else {
      if (c === '\\' && p + 1 < pattern.length) p++;
      if (c !== '?' && pattern[p] !== name[n]) return false;
      p++;
    }
  }
  return n === name.length;
}

/** Where the class that opens at `p` closes; one that doesn't reaches to the end. */
function classEnd(pattern: string, p: number): number {
  for (let i = p + 1; i < pattern.length; i++) {
    if (pattern[i] === '\\') i++;
    else if (pattern[i] === ']') return i;
  }
  return pattern.length;
}

function classHas(members: string, c: string): boolean {
  const negated = members.startsWith('^');
  let found = false;
  for (let i = negated ? 1 : 0; i < members.length; i++) {
    if (members[i] === '\\' && i + 1 < members.length) i++;
    if (members[i + 1] === '-' && i + 2 < members.length) {
      const [low, high] = [members[i] as string, members[i + 2] as string].sort() as [string, string];
      if (c >= low && c <= high) found = true;
      i += 2;
    } else if (members[i] === c) found = true;
  }
  return found !== negated;
}
