import { describe, expect, it } from 'vitest';
import { DocumentError, parseDocument } from '../../../../src/load/result/document.js';
import { deadResult, sampleResult } from '../report/sample.js';

function complaint(text: string): string {
  try {
    parseDocument(text, 'a.json');
  } catch (error) {
    if (error instanceof DocumentError) return error.message;
    throw error;
  }
  return 'none';
}

describe('the JSON document', () => {
  const full = sampleResult({ seconds: 2, errors: true });

  it('is read as it was written', () => {
    for (const result of [full, deadResult(), sampleResult({ seconds: 1, open: false })]) {
      expect(parseDocument(JSON.stringify(result), 'a.json')).toEqual(result);
    }
  });

  it('is refused in one line when it is something else', () => {
    expect(complaint('{')).toBe('a.json is not JSON');
    expect(complaint('[]')).toBe('a.json is not a document of ringshard load');
    expect(complaint('null')).toBe('a.json is not a document of ringshard load');
    expect(complaint(JSON.stringify({ ...full, format: 'ringshard-sweep' }))).toMatch(
      /not a document of ringshard load/,
    );
    expect(complaint(JSON.stringify({ ...full, version: 2 }))).toBe(
      'a.json has version 2, this ringshard reads up to 1',
    );
  });

  it('is refused in one line that says where it is damaged', () => {
    const without = { ...full, totals: undefined };
    expect(complaint(JSON.stringify(without))).toMatch(/^a\.json is damaged: totals: .*$/);
    const latency = { ...full.totals.latency, histogram: 'AAAA' };
    const broken = { ...full, totals: { ...full.totals, latency } };
    expect(complaint(JSON.stringify(broken))).toBe('a.json is damaged: totals.latency.histogram: is no HdrHistogram');
  });

  it('may have what a later version adds', () => {
    expect(parseDocument(JSON.stringify({ ...full, extra: 1 }), 'a.json')).toEqual(full);
  });
});
