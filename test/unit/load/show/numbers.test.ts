import { describe, expect, it } from 'vitest';
import {
  bytesText,
  countText,
  durationText,
  latencyText,
  plural,
  rateText,
  ratioText,
  shareText,
} from '../../../../src/load/show/numbers.js';

describe('figures for people', () => {
  it('are latencies with three digits', () => {
    expect([0, 0.5, 9.99, 123, 999.4, 999.6, 1234, 12_340, 999_600, 61e6].map(latencyText)).toEqual([
      '0 µs',
      '0.50 µs',
      '9.99 µs',
      '123 µs',
      '999 µs',
      '1.00 ms',
      '1.23 ms',
      '12.3 ms',
      '1.00 s',
      '61.0 s',
    ]);
    expect(latencyText(undefined)).toBe('–');
    expect(latencyText(Number.NaN)).toBe('–');
  });

  it('are rates', () => {
    expect([0, 950, 999.9, 45_612, 1_234_567].map(rateText)).toEqual([
      '0/s',
      '950/s',
      '1.00 k/s',
      '45.6 k/s',
      '1.23 M/s',
    ]);
  });

  it('are shares, of which none that is above zero reads as zero, and none below one as all', () => {
    expect([0, 1e-9, 0.0012, 0.5, 0.99999, 1].map(shareText)).toEqual([
      '0 %',
      '<0.001 %',
      '0.12 %',
      '50.0 %',
      '>99.9 %',
      '100 %',
    ]);
  });

  it('are counts, bytes, times and ratios', () => {
    expect(countText(2_739_120)).toBe('2,739,120');
    expect([plural(0, 'error'), plural(1, 'error'), plural(1200, 'error')]).toEqual([
      '0 errors',
      '1 error',
      '1,200 errors',
    ]);
    expect([12, 2048, 34_359_738_368].map(bytesText)).toEqual(['12.0 B', '2.00 KiB', '32.0 GiB']);
    expect([0, 9.54, 60, 125, 7384].map(durationText)).toEqual(['0 s', '9.5 s', '60 s', '2:05 min', '2:03:04 h']);
    expect([1, 0.954, 12.3, undefined].map(ratioText)).toEqual(['×1.00', '×0.95', '×12.3', '–']);
  });
});
