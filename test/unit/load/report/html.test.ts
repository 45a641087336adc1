import { describe, expect, it } from 'vitest';
import { align } from '../../../../src/load/report/page/chart.js';
import { html, json, raw } from '../../../../src/load/report/page/html.js';
import { queueingAt, scalabilityAt } from '../../../../src/load/report/sweep-charts.js';

describe('HTML', () => {
  it('escapes what is put in, but not HTML', () => {
    expect(html`<a title="${'"<&\''}">${html`<b>${1}</b>`}${undefined}${raw('<i>')}</a>`.text).toBe(
      '<a title="&#34;&#60;&#38;&#39;"><b>1</b><i></a>',
    );
    expect(html`${[html`<li>`, html`</li>`]}`.text).toBe('<li></li>');
  });

  it('holds data that can end no element, and is still that data', () => {
    const data = { text: '</script><!-- & \u2028', list: [1, null] };
    const { text } = json(data);
    expect(text).not.toMatch(/[<>&\u2028]/);
    expect(JSON.parse(text)).toEqual(data);
  });
});

describe('charts', () => {
  const line = (x: number[], y: (number | undefined)[]) => ({ label: '', colour: 'blue', form: 'line', x, y }) as const;

  it('have one ascending x for all lines', () => {
    expect(align([line([3, 1], [30, 10]), line([2, 3], [200, undefined])], false)).toEqual({
      x: [1, 2, 3],
      y: [
        [10, null, 30],
        [null, 200, null],
      ],
    });
  });

  it('have no zero on a logarithmic axis, and nothing infinite on any', () => {
    expect(align([line([1, 2], [0, 5])], true).y).toEqual([[null, 5]]);
    expect(align([line([1, 2], [0, Number.POSITIVE_INFINITY])], false).y).toEqual([[0, null]]);
  });

  it('draw the models as they are defined', () => {
    const fit = { lambda: 1000, sigma: 0.1, kappa: 0.01, peakConnections: 9, peakThroughput: 1, rSquared: 1 };
    expect(scalabilityAt(fit, 1)).toBe(1000);
    expect(scalabilityAt(fit, 10)).toBeCloseTo(10_000 / (1 + 0.9 + 0.9), 9);
    const queue = { base: 100, wait: 50, capacity: 1000, rSquared: 1 };
    expect(queueingAt(queue, 0)).toBe(100);
    expect(queueingAt(queue, 500)).toBe(150);
    expect(queueingAt(queue, 900)).toBeCloseTo(550, 6);
  });
});
