/** A sweep that looks like a real one, from a seed: measured points scatter about known models. */
import type { RateStep, ScalingPoint, Summary, SweepResult } from '../../../../src/load/sweep/result.js';
import { random } from './random.js';
import { STARTED, sampleResult } from './sample.js';

export function sampleSweep(options: { readonly seed?: number; readonly loss?: boolean } = {}): SweepResult {
  const { seed = 7, loss = false } = options;
  const draw = random(seed);
  const wobble = () => 1 + 0.03 * (draw() - 0.5);
  const fit = { lambda: 9500, sigma: 0.06, kappa: 0.0006 };
  const usl = (n: number) => (fit.lambda * n) / (1 + fit.sigma * (n - 1) + fit.kappa * n * (n - 1));
  const capacity = 112_000;
  const peak = Math.sqrt((1 - fit.sigma) / fit.kappa);
  const summary = (mean: number): Summary => ({
    mean,
    p50: mean * 0.85,
    p99: mean * 3.2 * wobble(),
    p999: mean * 7,
    max: mean * 30,
  });
  const scaling = [1, 2, 4, 8, 16, 32, 64, 128].map((connections): ScalingPoint => {
    const throughput = usl(connections) * wobble();
    const latency = summary((connections / throughput) * 1e6);
    return { connections, throughput, latency, errors: 0, generatorUtilization: Math.min(0.95, throughput / 130_000) };
  });
  const steps = [0.1, 0.25, 0.4, 0.55, 0.7, 0.8, 0.88, 0.94, 0.98].map((load): RateStep => {
    const offered = Math.round(load * capacity);
    const mean = (105 + (38 * load) / (1 - load)) * wobble();
    const latency = summary(mean);
    const sustained = latency.p99 < 2000;
    return {
      offered,
      achieved: offered * (load > 0.95 ? 0.985 : 0.9995),
      latency,
      errors: 0,
      loss: loss ? 0.02 * load ** 8 : 0,
      sustained,
      ...(!sustained && { reason: `p99<2ms missed: ${(latency.p99 / 1000).toFixed(2)} ms` }),
      generatorValid: true,
    };
  });
  const knee = steps.filter((step) => step.sustained).at(-1);
  const { settings, machine } = sampleResult({ seconds: 1 });
  return {
    format: 'ringshard-sweep',
    version: 1,
    startedAt: new Date(STARTED).toISOString(),
    end: 'complete',
    settings: loss ? { ...settings, target: 'memcached+udp://127.0.0.1:11211', protocol: 'memcached-udp' } : settings,
    machine,
    objectives: ['p99<2ms'],
    scaling,
    scalability: { ...fit, peakConnections: peak, peakThroughput: usl(peak), rSquared: 0.996 },
    steps,
    queueing: { base: 105, wait: 38, capacity, rSquared: 0.991 },
    ...(knee !== undefined && { knee }),
  };
}
