/**
 * What a run shows while it goes on. On a terminal a row a second scrolls above a bar with the time left; elsewhere plain
 * lines. It writes to the stream that it is given, so that standard output is left to the report.
 */
import { MultiBar, type SingleBar } from 'cli-progress';
import type { Progress } from '../run/watch.js';
import { durationText, plural } from './numbers.js';
import { amount, headRow, secondLine, secondRow } from './seconds.js';
import { type Colors, colorsOf, hasColors } from './table.js';

/** Rows after which the head is shown again. */
const ROWS_PER_HEAD = 24;
const REDRAWS_PER_SECOND = 4;
const BAR_WIDTH = 28;

export interface LiveStream extends NodeJS.WritableStream {
  readonly isTTY?: boolean;
}

export class LiveView {
  readonly #stream: LiveStream;
  readonly #colors: Colors;
  readonly #now: () => number;
  readonly #bars: MultiBar | undefined;
  #bar: SingleBar | undefined;
  #phase: Progress['phase'] | undefined;
  #phaseStart = 0;
  #rows = 0;
  #stopped = false;

  /** `now`: milliseconds that only grow. */
  constructor(stream: LiveStream, now: () => number = () => performance.now()) {
    this.#stream = stream;
    this.#now = now;
    this.#colors = colorsOf(hasColors(stream));
    if (stream.isTTY === true) {
      this.#bars = new MultiBar({
        stream,
        format: '{phase} {bar} {percentage}%  {amount}  {left}{errors}',
        barCompleteChar: '█',
        barIncompleteChar: '░',
        barsize: BAR_WIDTH,
        fps: REDRAWS_PER_SECOND,
        clearOnComplete: true,
      });
    }
  }

  /** To be given to the run as `onProgress`. */
  readonly show = (progress: Progress): void => {
    if (this.#stopped) return;
    const entered = progress.phase !== this.#phase;
    if (entered) {
      this.#phase = progress.phase;
      this.#phaseStart = this.#now();
    }
    if (this.#bars === undefined) this.#showLines(progress, entered);
    else this.#showBar(this.#bars, progress, entered);
  };

  /** Takes the bar away; the rows stay. Must be called, or the bar keeps the process alive. */
  stop(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#bars?.stop();
  }

  #showBar(bars: MultiBar, progress: Progress, entered: boolean): void {
    const { done, total, point } = progress;
    if (point !== undefined) {
      if (this.#rows % ROWS_PER_HEAD === 0) bars.log(`${headRow(this.#colors, point.offered !== undefined)}\n`);
      bars.log(`${secondRow(point, progress.phase, this.#colors)}\n`);
      this.#rows++;
    }
    const texts = {
      phase: this.#colors.bold(progress.phase.padEnd(8)),
      amount: amount(done, total, progress.unit),
      left: this.#left(progress),
      errors: progress.errors > 0 ? `  ${this.#colors.red(plural(progress.errors, 'error'))}` : '',
    };
    this.#bar ??= bars.create(total, done, texts);
    this.#bar.setTotal(total);
    this.#bar.update(done, texts);
    if (entered || point !== undefined) bars.update();
  }

  #showLines(progress: Progress, entered: boolean): void {
    const { point, phase, done, total, unit } = progress;
    if (point !== undefined) this.#stream.write(`${secondLine(point, progress)}\n`);
    else if (entered) this.#stream.write(`${phase} ${amount(done, total, unit)}\n`);
  }

  /** Of seconds the time left is known, of all else it is taken from the pace so far. */
  #left({ done, total, unit, phase }: Progress): string {
    if (phase === 'drain' || done <= 0 || done >= total) return '';
    const elapsed = (this.#now() - this.#phaseStart) / 1000;
    const seconds = unit === 'seconds' ? total - done : (elapsed * (total - done)) / done;
    return `${durationText(Math.ceil(seconds))} left`;
  }
}
