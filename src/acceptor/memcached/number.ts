/** A whole number of 32 bits as memcached reads one from a word. */
export function numberOf(word: string): number | undefined {
  return /^[+-]?\d{1,15}$/.test(word) ? Number(word) | 0 : undefined;
}
