import { describe, expect, it } from 'vitest';
import { percentage, ratio, secondsOf } from '../../../../src/acceptor/commands/info/units.js';
import { humanBytes } from '../../../../src/base/human-bytes.js';

describe('numbers of INFO', () => {
  it.each([
    [0, '0B'],
    [1023, '1023B'],
    [1024, '1.00K'],
    [1536, '1.50K'],
    [1024 ** 2, '1.00M'],
    [2.25 * 1024 ** 3, '2.25G'],
    [1024 ** 4, '1.00T'],
    [1024 ** 5 * 2048, '2048.00P'],
  ])('writes %d bytes as %s', (bytes, text) => {
    expect(humanBytes(bytes)).toBe(text);
  });

  it('writes shares and quotients with two digits', () => {
    expect(percentage(1, 3)).toBe('33.33%');
    expect(percentage(0, 0)).toBe('0.00%');
    expect(ratio(1, 3)).toBe('0.33');
    expect(ratio(1, 0)).toBe('0.00');
  });

  it('writes microseconds as seconds', () => {
    expect(secondsOf(0)).toBe('0.000000');
    expect(secondsOf(12_000_034)).toBe('12.000034');
    expect(secondsOf(999_999.9)).toBe('0.999999');
  });
});
