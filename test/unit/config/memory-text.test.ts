import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatMemory, parseMemory } from '../../../src/config/index.js';

describe('parseMemory', () => {
  it.each([
    ['0', 0],
    ['1', 1],
    ['1b', 1],
    ['1k', 1000],
    ['1kb', 1024],
    ['1m', 1000000],
    ['1MB', 1048576],
    ['2g', 2000000000],
    ['4Gb', 4294967296],
    ['007mb', 7340032],
  ])('%s is %d', (text, bytes) => {
    expect(parseMemory(text)).toBe(bytes);
  });

  it.each(['', 'mb', '-1', '1.5gb', '1 mb', ' 1mb', '1mbs', '1t', '0x10', '99999999gb'])('%j is none', (text) => {
    expect(parseMemory(text)).toBeUndefined();
  });
});

describe('formatMemory', () => {
  it.each([
    [0, '0'],
    [1, '1'],
    [1000, '1000'],
    [1024, '1kb'],
    [1536, '1536'],
    [512 * 1024 ** 2, '512mb'],
    [1024 ** 3, '1gb'],
    [10000001, '10000001'],
  ])('%d is %s', (bytes, text) => {
    expect(formatMemory(bytes)).toBe(text);
  });

  it('is undone by parseMemory', () => {
    const bytes = fc.oneof(
      fc.maxSafeNat(),
      fc.tuple(fc.nat(4096), fc.constantFrom(1, 1024, 1024 ** 2, 1024 ** 3)).map(([n, unit]) => n * unit),
    );
    fc.assert(fc.property(bytes, (n) => parseMemory(formatMemory(n)) === n));
  });

  it('of what any text says, says the same', () => {
    const text = fc
      .tuple(fc.nat(100000), fc.constantFrom('', 'b', 'k', 'KB', 'm', 'mB', 'g', 'GB'))
      .map((x) => x.join(''));
    fc.assert(
      fc.property(text, (written) => {
        const bytes = parseMemory(written) as number;
        return parseMemory(formatMemory(bytes)) === bytes;
      }),
    );
  });
});
