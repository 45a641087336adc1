/** What the sections measure: a figure has a sample for each server and round. */
import type { Unit } from '../support/format.js';
import type { Sample } from '../support/statistics.js';

export interface FigureText {
  /** Parts are separated by slashes: the section, the case, the quantity, who took it. */
  readonly id: string;
  /** Heading of the table that it is shown in, and its line there. */
  readonly group: string;
  readonly label: string;
  readonly unit: Unit;
}

export interface Figure extends FigureText {
  /** By server, then by round. */
  readonly samples: Record<string, Sample[]>;
  /** Servers for which the load generator, not the server, was the limit. */
  readonly bounded: string[];
}

export class Figures {
  readonly #figures = new Map<string, Figure>();
  /** What went wrong: a run that failed, a count that does not add up. */
  readonly failures: string[] = [];

  add(text: FigureText, server: string, round: number, value: number | undefined): void {
    if (value !== undefined && !Number.isFinite(value)) {
      this.failures.push(`${text.id}, ${server}: ${value} is no figure`);
      return;
    }
    const figure = this.#figures.get(text.id) ?? { ...text, samples: {}, bounded: [] };
    this.#figures.set(text.id, figure);
    figure.samples[server] ??= [];
    figure.samples[server][round] = value;
  }

  markBounded(id: string, server: string): void {
    const bounded = this.#figures.get(id)?.bounded;
    if (bounded !== undefined && !bounded.includes(server)) bounded.push(server);
  }

  /** Does one measurement; what goes wrong in it is noted, and the benchmark goes on. */
  async attempt(what: string, measure: () => Promise<void>): Promise<void> {
    try {
      await measure();
    } catch (error) {
      this.failures.push(`${what}: ${(error as Error).message}`);
      process.stderr.write(`\n  FAILED ${what}: ${(error as Error).message}\n`);
    }
  }

  all(): Figure[] {
    return [...this.#figures.values()];
  }

  get(id: string): Figure | undefined {
    return this.#figures.get(id);
  }
}
