/** Amounts of memory as redis.conf writes them: 1k is 1000, 1kb is 1024; upper and lower case are the same. */

const UNIT_BYTES: ReadonlyMap<string, number> = new Map([
  ['', 1],
  ['b', 1],
  ['k', 1000],
  ['kb', 1024],
  ['m', 1000 ** 2],
  ['mb', 1024 ** 2],
  ['g', 1000 ** 3],
  ['gb', 1024 ** 3],
]);

/** The bytes that a text such as `512mb` stands for; undefined when it is none, or more than can be counted. */
export function parseMemory(text: string): number | undefined {
  const [, digits, unit] = /^(\d+)([a-z]*)$/i.exec(text) ?? [];
  if (digits === undefined || unit === undefined) return undefined;
  const unitBytes = UNIT_BYTES.get(unit.toLowerCase());
  if (unitBytes === undefined) return undefined;
  const bytes = Number(digits) * unitBytes;
  return Number.isSafeInteger(bytes) ? bytes : undefined;
}

/** The shortest exact text: `512mb`, `1gb`, `10000001`. `parseMemory` gives the same number back. */
export function formatMemory(bytes: number): string {
  if (bytes !== 0) {
    for (const unit of ['gb', 'mb', 'kb']) {
      const count = bytes / (UNIT_BYTES.get(unit) ?? 1);
      if (Number.isInteger(count)) return `${count}${unit}`;
    }
  }
  return String(bytes);
}
