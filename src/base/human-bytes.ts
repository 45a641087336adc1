const UNITS = ['K', 'M', 'G', 'T', 'P'] as const;

/** Bytes for people, as INFO writes them: `999B`, `1.50K`, `2.00G`. */
export function humanBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes}B`;
  let count = bytes / 1024;
  let unit = 0;
  for (; count >= 1024 && unit < UNITS.length - 1; unit++) count /= 1024;
  return `${count.toFixed(2)}${UNITS[unit]}`;
}
