/** How Redis reads arguments: strictly, an integer has one way to be written. */
const I64_MAX = 2n ** 63n - 1n;
const I64_MIN = -(2n ** 63n);

export function textOf(arg: Uint8Array): string {
  return Buffer.from(arg).toString('latin1');
}

export function parseInteger(arg: Uint8Array): bigint | undefined {
  if (arg.length > 20) return undefined;
  const text = textOf(arg);
  if (!/^(0|-?[1-9]\d*)$/.test(text)) return undefined;
  const value = BigInt(text);
  return value > I64_MAX || value < I64_MIN ? undefined : value;
}

export function fitsI64(value: bigint): boolean {
  return value <= I64_MAX && value >= I64_MIN;
}

/** Milliseconds since 1970 that an argument stands for, undefined where Redis calls it an invalid expire time. */
export function expiryOf(value: bigint, unit: 'seconds' | 'milliseconds', from: bigint): bigint | undefined {
  const factor = unit === 'seconds' ? 1000n : 1n;
  if (value > I64_MAX / factor || value < I64_MIN / factor) return undefined;
  const at = value * factor;
  return at > I64_MAX - from ? undefined : at + from;
}
