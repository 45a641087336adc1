/** What the threads have found, as the result says it: errors by kind, what verification and datagrams came to. */
import type { Plan } from '../plan/plan.js';
import type { Datagrams, ErrorCount, LoadResult, Verification } from '../result/result.js';
import type { FailureCount, Summary } from '../worker/messages.js';

export class Findings {
  readonly #plan: Plan;
  readonly #failures: readonly FailureCount[];
  readonly #summaries: readonly Summary[];

  constructor(plan: Plan, failures: readonly FailureCount[], summaries: readonly Summary[]) {
    this.#plan = plan;
    this.#failures = failures;
    this.#summaries = summaries;
  }

  /** In one line; undefined for a run whose figures mean something. */
  whyFailed({ sent, succeeded, failed }: LoadResult['totals']): string | undefined {
    const [first] = this.#failures;
    if (this.#summaries.some(({ gaveUp }) => gaveUp)) {
      const why = first?.example ?? 'no answer';
      return `the server went away after ${sent} of ${this.#plan.requests} requests: ${why}`;
    }
    if (succeeded > 0) return undefined;
    if (failed > 0 || first !== undefined) return `no request succeeded: ${first?.example || first?.kind}`;
    return 'no request was answered';
  }

  /** `seconds`: when the measured time ended. */
  errors(seconds: number): ErrorCount[] {
    const unsent = this.#sum('unsent');
    const counts: ErrorCount[] = this.#failures
      .filter(({ kind }) => kind !== 'setup' && kind !== 'preload')
      .map(({ kind, code, count, example, firstAt }) => ({
        kind: kind as ErrorCount['kind'],
        ...(code === '' ? {} : { code }),
        count,
        example,
        firstAt: firstAt / 1e6,
      }));
    if (unsent > 0) {
      const example = 'requests that were due and found no connection until the end';
      counts.push({ kind: 'unsent', count: unsent, example, firstAt: seconds });
    }
    return counts;
  }

  verification(): Verification {
    const wrong = this.#countOf('wrong value');
    const stale = this.#countOf('stale value');
    const missing = this.#countOf('missing value');
    const lost = this.#countOf('timeout') + this.#countOf('reset') + this.#countOf('protocol');
    const checked = this.#sum('checked');
    return { checked, wrong, stale, missing, lost, passed: checked > 0 && wrong + stale + missing + lost === 0 };
  }

  datagrams(): Datagrams {
    return {
      sent: this.#sum('sent'),
      lost: this.#sum('lost'),
      duplicates: this.#sum('duplicates'),
      late: this.#sum('late'),
      strange: this.#sum('strange'),
    };
  }

  #sum(field: Exclude<keyof Summary, 'gaveUp'>): number {
    return this.#summaries.reduce((sum, summary) => sum + summary[field], 0);
  }

  #countOf(kind: FailureCount['kind']): number {
    return this.#failures.reduce((sum, failure) => sum + (failure.kind === kind ? failure.count : 0), 0);
  }
}
