import { Script } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { comparePage, runPage, sweepPage } from '../../../../src/load/report/index.js';
import type { LoadResult } from '../../../../src/load/result/result.js';
import { deadResult, HOSTILE, sampleResult } from './sample.js';
import { sampleSweep } from './sample-sweep.js';

interface Drawing {
  readonly id: string;
  readonly lines: readonly { readonly label: string }[];
  readonly data: { readonly x: readonly number[]; readonly y: readonly (readonly (number | null)[])[] };
  readonly marks: readonly { readonly x: number; readonly label: string }[];
}

/** Elements that are not closed in the order in which they were opened. */
function unbalanced(page: string): string[] {
  const markup = page.replace(/<(script|style)[^>]*>[\s\S]*?<\/\1>/g, '');
  const open: string[] = [];
  const wrong: string[] = [];
  for (const [, slash, name = ''] of markup.matchAll(/<(\/?)([a-z][a-z0-9]*)[^>]*>/g)) {
    if (['meta', 'link', 'br'].includes(name)) continue;
    if (slash !== '/') open.push(name);
    else if (open.pop() !== name) wrong.push(name);
  }
  return [...wrong, ...open];
}

function drawings(page: string): Drawing[] {
  const data = /<script type="application\/json" id="charts">(.*?)<\/script>/s.exec(page)?.[1];
  return JSON.parse(data ?? '') as Drawing[];
}

function scripts(page: string): string[] {
  return [...page.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(([, text]) => text ?? '');
}

const evil = (result: LoadResult): LoadResult => ({
  ...result,
  settings: { ...result.settings, target: `redis://${HOSTILE}`, operations: HOSTILE },
  operations: result.operations.map((operation) => ({ ...operation, name: HOSTILE })),
  generator: { ...result.generator, warnings: [HOSTILE], valid: false },
  machine: { ...result.machine, host: HOSTILE },
  objectives: [{ text: HOSTILE, measured: 1, met: false }],
});

describe('pages', () => {
  const run = sampleResult({ seconds: 12, errors: true, stallAt: 5 });
  const sweep = sampleSweep({ loss: true });
  const pages = new Map([
    ['run', runPage(run)],
    ['failed run', runPage(deadResult())],
    ['hostile run', runPage(evil(run))],
    ['comparison', comparePage(run, evil(sampleResult({ seconds: 12, seed: 2 })))],
    ['comparison with a failed run', comparePage(run, deadResult())],
    ['sweep', sweepPage(sweep)],
    ['failed sweep', sweepPage({ ...sweep, end: 'failed', failure: HOSTILE, scaling: [], steps: [] })],
  ]);

  it.each([...pages])('%s: is whole, well formed and asks for nothing', (_name, page) => {
    expect(page.startsWith('<!doctype html>')).toBe(true);
    expect(unbalanced(page)).toEqual([]);
    const outside = page.replace(/<script>[\s\S]*?<\/script>/g, '');
    expect(outside).not.toMatch(/(src|href)="(?!data:)/);
    expect(outside).not.toContain('undefined');
    expect(outside).not.toContain('NaN');
    expect(page.match(/<h1>/g)).toHaveLength(1);
    expect(page).not.toContain('<img');
    expect(scripts(page)).toHaveLength(2);
    for (const text of scripts(page)) expect(() => new Script(text)).not.toThrow();
  });

  it.each([...pages])('%s: has data for each chart and a place for it', (_name, page) => {
    for (const { id, lines, data } of drawings(page)) {
      expect(page).toContain(`id="${id}"`);
      expect(data.y).toHaveLength(lines.length);
      expect([...data.x].sort((a, b) => a - b)).toEqual(data.x);
      for (const values of data.y) expect(values).toHaveLength(data.x.length);
    }
  });

  it('show a run over time and by percentile', () => {
    const found = new Map(drawings(pages.get('run') ?? '').map((drawing) => [drawing.id, drawing]));
    expect([...found.keys()]).toEqual(['throughput', 'latency', 'percentiles', 'errors']);
    expect(found.get('latency')?.data.y[3]).toEqual(run.series.map(({ p50 }) => p50));
    expect(found.get('throughput')?.lines.map(({ label }) => label)).toEqual(['achieved', 'offered']);
    const percentiles = found.get('percentiles');
    expect(percentiles?.lines.map(({ label }) => label)).toEqual(['get', 'set']);
    const at99 = percentiles?.data.x.indexOf(2) ?? -1;
    expect(percentiles?.data.y[0]?.[at99]).toBeCloseTo(run.operations[0]?.latency.p99 ?? 0, 3);
  });

  it('tell hostile text as text', () => {
    const page = pages.get('hostile run') ?? '';
    expect(page).toContain(
      'OOM used memory &#62; &#39;maxmemory&#39;. &#60;/script&#62;&#60;img src=x onerror=alert(1)&#62;',
    );
    expect(drawings(page).find(({ id }) => id === 'percentiles')?.lines[0]?.label).toBe(HOSTILE);
  });

  it('say of a failed run that it failed, without figures that look good', () => {
    const page = pages.get('failed run') ?? '';
    expect(page).toContain('The run failed');
    expect(page).toContain('There is no successful reply');
    expect(drawings(page)).toEqual([]);
    const tiles = page.slice(page.indexOf('<dl class="tiles">'), page.indexOf('</dl>'));
    expect(tiles.match(/<dd class="">–/g)).toHaveLength(5);
  });

  it('mark the knee, the peak and the capacity of a sweep', () => {
    const found = new Map(drawings(pages.get('sweep') ?? '').map((drawing) => [drawing.id, drawing]));
    expect([...found.keys()]).toEqual(['scaling', 'connections', 'queueing', 'achieved', 'loss']);
    expect(found.get('scaling')?.marks[0]?.x).toBeCloseTo(sweep.scalability?.peakConnections ?? 0, 6);
    expect(found.get('queueing')?.marks.map(({ label }) => label.split(' ')[0])).toEqual(['knee', 'capacity']);
    const { knee: _knee, ...without } = sweep;
    expect(sweepPage(without)).toContain('No offered rate was sustained');
  });

  it('draw no ceiling that does not exist', () => {
    const { scalability } = sweep;
    if (scalability === undefined) throw new Error('the sample has no fit');
    const page = sweepPage({ ...sweep, scalability: { ...scalability, kappa: 0, peakConnections: null } });
    expect(drawings(page).find(({ id }) => id === 'scaling')?.marks).toEqual([]);
    expect(page).toContain('no peak; it approaches');
  });
});
