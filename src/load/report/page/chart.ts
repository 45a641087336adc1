/** What a chart shows, as data: made here, drawn by the page's script. */

/** How figures are written on an axis and in the legend. Latencies are microseconds, shares 0 to 1. */
type Unit = 'latency' | 'rate' | 'share' | 'seconds' | 'count' | 'percentile';

/** Names of colours in the page's style. */
export type Colour = 'blue' | 'amber' | 'red' | 'grey' | 'violet' | 'green';

export interface Line {
  readonly label: string;
  readonly colour: Colour;
  /** Measured points, a line, a dashed line (a model, or what was asked for). */
  readonly form: 'points' | 'line' | 'dashes';
  readonly fill?: boolean;
  readonly x: readonly number[];
  readonly y: readonly (number | undefined)[];
}

/** A vertical line at an x, with a word. */
export interface Mark {
  readonly x: number;
  readonly label: string;
  readonly colour: Colour;
  /** The word stands at the bottom, where the lines leave room. */
  readonly low?: boolean;
}

export interface Chart {
  readonly id: string;
  readonly title: string;
  /** One sentence: what to see in it; also read to who can't see it. */
  readonly note: string;
  readonly x: { readonly label: string; readonly unit: Unit };
  readonly y: { readonly label: string; readonly unit: Unit; readonly log: boolean };
  readonly lines: readonly Line[];
  readonly marks?: readonly Mark[];
  /** What the x axis has to take in besides the points. */
  readonly reach?: readonly number[];
  /** Charts of a group share the cursor. */
  readonly group?: string;
  readonly wide?: boolean;
  /** What is said when no line has a point. */
  readonly empty?: string;
}

/** As the drawing library wants it: one ascending x for all lines, null where a line has no point. */
export interface Aligned {
  readonly x: readonly number[];
  readonly y: readonly (readonly (number | null)[])[];
}

export function align(lines: readonly Line[], log: boolean): Aligned {
  const x = [...new Set(lines.flatMap((line) => line.x))].sort((a, b) => a - b);
  const y = lines.map((line) => {
    const at = new Map(line.x.map((value, index) => [value, line.y[index]]));
    return x.map((value) => drawable(at.get(value), log));
  });
  return { x, y };
}

/** What the page's script is given. */
export function drawingOf({ id, x, y, lines, marks = [], reach = [], group }: Chart): object {
  return {
    id,
    x,
    y,
    marks,
    reach,
    group,
    lines: lines.map(({ label, colour, form, fill }) => ({ label, colour, form, fill })),
    data: align(lines, y.log),
  };
}

/** A logarithmic axis has no zero. */
function drawable(value: number | undefined, log: boolean): number | null {
  return value === undefined || !Number.isFinite(value) || (log && value <= 0) ? null : value;
}
