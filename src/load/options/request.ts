/** What `ringshard load ...` was asked to do. */
import type { Plan } from '../plan/plan.js';

export interface Output {
  /** Files to write; undefined: not asked for. */
  readonly json?: string;
  readonly hlog?: string;
  readonly html?: string;
  /** Only the final line. */
  readonly quiet: boolean;
}

export interface SweepSettings {
  /** Numbers of connections for the scaling curve, ascending. */
  readonly connections: readonly number[];
  /** Offered rates in requests a second, ascending; undefined: chosen from the scaling curve. */
  readonly rates?: readonly number[];
  /** Seconds a step. */
  readonly stepSeconds: number;
}

export type LoadRequest =
  | { readonly kind: 'run'; readonly plan: Plan; readonly output: Output }
  | { readonly kind: 'sweep'; readonly plan: Plan; readonly sweep: SweepSettings; readonly output: Output }
  | { readonly kind: 'compare'; readonly before: string; readonly after: string; readonly output: Output }
  | { readonly kind: 'help'; readonly text: string }
  /** One line that says who speaks; exit code 2. */
  | { readonly kind: 'error'; readonly message: string };
