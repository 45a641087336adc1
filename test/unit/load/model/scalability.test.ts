import { describe, expect, it } from 'vitest';
import { fitScalability, throughputAt } from '../../../../src/load/model/scalability.js';
import { Random } from '../../../support/random.js';

const CONNECTIONS = [1, 2, 4, 8, 16, 32, 64, 128];

interface Law {
  readonly lambda: number;
  readonly sigma: number;
  readonly kappa: number;
}

function curve(law: Law, connections = CONNECTIONS, noise: (n: number) => number = () => 1) {
  return connections.map((n) => ({ connections: n, throughput: throughputAt(law, n) * noise(n) }));
}

/** Up to `share` above or below. */
function noiseOf(seed: number, share: number): () => number {
  const random = new Random(seed);
  return () => 1 + share * (random.below(2001) / 1000 - 1);
}

describe('fitScalability', () => {
  it.each<Law>([
    { lambda: 10_000, sigma: 0.05, kappa: 0.0005 },
    { lambda: 995, sigma: 0.3, kappa: 0.02 },
    { lambda: 3.5, sigma: 0.01, kappa: 1e-6 },
    { lambda: 250_000, sigma: 0, kappa: 0.001 },
    { lambda: 60_000, sigma: 0.4, kappa: 0 },
  ])('finds exactly what made the curve: %j', (law) => {
    const fit = fitScalability(curve(law));
    expect(fit?.lambda).toBeCloseTo(law.lambda, 3);
    expect(fit?.sigma).toBeCloseTo(law.sigma, 7);
    expect(fit?.kappa).toBeCloseTo(law.kappa, 9);
    expect(fit?.rSquared).toBeCloseTo(1, 9);
  });

  it('puts the peak where the law has it', () => {
    const fit = fitScalability(curve({ lambda: 10_000, sigma: 0.05, kappa: 0.0005 }));
    const peak = Math.sqrt(0.95 / 0.0005);
    expect(fit?.peakConnections).toBeCloseTo(peak, 3);
    expect(fit?.peakThroughput).toBeCloseTo(throughputAt({ lambda: 10_000, sigma: 0.05, kappa: 0.0005 }, peak), 2);
  });

  it('finds it through noise of 3 %', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const law = { lambda: 20_000, sigma: 0.08, kappa: 0.0004 };
      const fit = fitScalability(curve(law, CONNECTIONS, noiseOf(seed, 0.03)));
      expect(Math.abs((fit?.lambda ?? 0) / law.lambda - 1)).toBeLessThan(0.06);
      expect(Math.abs((fit?.sigma ?? 0) - law.sigma)).toBeLessThan(0.025);
      expect(Math.abs((fit?.kappa ?? 0) / law.kappa - 1)).toBeLessThan(0.4);
      expect(fit?.rSquared).toBeGreaterThan(0.95);
    }
  });

  it('minimises relative residuals: no neighbouring curve is nearer', () => {
    const points = curve({ lambda: 9000, sigma: 0.1, kappa: 0.001 }, CONNECTIONS, noiseOf(7, 0.1));
    const fit = fitScalability(points);
    if (fit === undefined) throw new Error('no fit');
    const errorOf = (law: Law) =>
      points.reduce((sum, p) => sum + (throughputAt(law, p.connections) / p.throughput - 1) ** 2, 0);
    for (const key of ['lambda', 'sigma', 'kappa'] as const) {
      for (const factor of [0.99, 1.01]) {
        expect(errorOf({ ...fit, [key]: fit[key] * factor })).toBeGreaterThan(errorOf(fit));
      }
    }
  });

  it('calls straight scaling unbounded: no peak, and no more than was measured', () => {
    const fit = fitScalability(curve({ lambda: 1000, sigma: 0, kappa: 0 }));
    expect(fit).toMatchObject({ sigma: 0, kappa: 0, peakConnections: null });
    expect(fit?.peakThroughput).toBeCloseTo(128_000, 3);
  });

  it('gives the asymptote when only contention is there', () => {
    const fit = fitScalability(curve({ lambda: 1000, sigma: 0.1, kappa: 0 }));
    expect(fit?.peakConnections).toBeNull();
    expect(fit?.peakThroughput).toBeCloseTo(10_000, 2);
  });

  it('never has negative costs, even where the server gets better with connections', () => {
    const fit = fitScalability([1, 2, 4, 8].map((n) => ({ connections: n, throughput: 100 * n ** 1.2 })));
    expect(fit).toMatchObject({ sigma: 0, kappa: 0 });
    expect(fit?.lambda).toBeGreaterThan(100);
  });

  it('describes a flat curve', () => {
    const fit = fitScalability(CONNECTIONS.map((n) => ({ connections: n, throughput: 5000 })));
    expect(fit?.sigma).toBeCloseTo(1, 6);
    expect(fit?.peakThroughput).toBeCloseTo(5000, 3);
    expect(fit?.rSquared).toBe(1);
  });

  it.each([
    [0.6, 0.9],
    [1.5, 0],
    [1.5, 0.01],
  ])('has its peak at one connection when every further one costs: sigma %d, kappa %d', (sigma, kappa) => {
    const fit = fitScalability(curve({ lambda: 4000, sigma, kappa }));
    expect(fit?.peakConnections).toBe(1);
    expect(fit?.peakThroughput).toBeCloseTo(4000, 3);
  });

  it('stays finite when the data wants no constant term', () => {
    const fit = fitScalability([10, 20, 40, 80].map((n) => ({ connections: n, throughput: 1e5 / (n * n) })));
    expect(Object.values(fit ?? {}).every((value) => Number.isFinite(value))).toBe(true);
  });

  it('asks for three numbers of connections with replies', () => {
    const point = { connections: 4, throughput: 100 };
    expect(fitScalability([])).toBeUndefined();
    expect(fitScalability([point])).toBeUndefined();
    expect(fitScalability([point, point, point, { connections: 8, throughput: 150 }])).toBeUndefined();
    expect(fitScalability(CONNECTIONS.map((n) => ({ connections: n, throughput: 0 })))).toBeUndefined();
    expect(fitScalability(curve({ lambda: 10, sigma: 0, kappa: 0 }, [1, 2, 4]))).toBeDefined();
  });

  it('leaves steps without replies out', () => {
    const law = { lambda: 1000, sigma: 0.1, kappa: 0.001 };
    const fit = fitScalability([...curve(law), { connections: 256, throughput: 0 }]);
    expect(fit?.kappa).toBeCloseTo(0.001, 8);
  });
});
