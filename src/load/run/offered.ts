/** How many requests a schedule asks for between two times, in seconds since the measured time began. */
import type { Phase } from '../plan/plan.js';

export function offeredBetween(phases: readonly Phase[], from: number, to: number): number {
  let sum = 0;
  let start = 0;
  for (const phase of phases) {
    const begin = Math.max(from, start);
    const end = Math.min(to, start + phase.seconds);
    if (end > begin) sum += ((rateAt(phase, begin - start) + rateAt(phase, end - start)) / 2) * (end - begin);
    start += phase.seconds;
  }
  return sum;
}

function rateAt({ from, to, seconds }: Phase, at: number): number {
  return from + ((to - from) * at) / seconds;
}
