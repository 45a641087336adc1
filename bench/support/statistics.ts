/** Medians, spreads and ratios of samples that were taken round by round. */

/** A figure of one round; undefined where it could not be taken. */
export type Sample = number | undefined;

export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

export function spreadOf(samples: readonly Sample[]): Spread | undefined {
  const sorted = samples.filter((n): n is number => n !== undefined && Number.isFinite(n)).sort((a, b) => a - b);
  if (sorted.length === 0) return undefined;
  const middle = sorted.length >> 1;
  const upper = sorted[middle] as number;
  const median = sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] as number) + upper) / 2;
  return { median, min: sorted[0] as number, max: sorted.at(-1) as number };
}

/** Each round's sample over the same round's sample of the peer. */
export function ratios(samples: readonly Sample[], peer: readonly Sample[]): Sample[] {
  return samples.map((sample, round) => {
    const base = peer[round];
    return sample === undefined || base === undefined || base === 0 ? undefined : sample / base;
  });
}
