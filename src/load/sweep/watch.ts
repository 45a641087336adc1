/** What whoever starts a sweep sees of it while it goes on. */
import type { Watch } from '../run/watch.js';
import type { RateStep, ScalingPoint } from './result.js';

/** A step that begins. */
export type StepStart =
  | { readonly kind: 'scaling'; readonly connections: number }
  /** `again`: the rate was not sustained, by so little that chance may have been at work. */
  | { readonly kind: 'rate'; readonly offered: number; readonly again: boolean };

/** A step that was measured. */
export type StepDone =
  | { readonly kind: 'scaling'; readonly point: ScalingPoint }
  | { readonly kind: 'rate'; readonly step: RateStep };

/** The signal ends the sweep; `onProgress` is that of the run that is under way. */
export interface SweepWatch extends Watch {
  readonly onStart?: (step: StepStart) => void;
  readonly onStep?: (step: StepDone) => void;
}
