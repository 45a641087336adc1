import { Writable } from 'node:stream';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { SeriesPoint } from '../../../../src/load/result/result.js';
import type { Progress } from '../../../../src/load/run/watch.js';
import { LiveView } from '../../../../src/load/show/index.js';

class Screen extends Writable {
  readonly isTTY: boolean;
  readonly columns = 120;
  text = '';

  constructor(isTTY: boolean) {
    super();
    this.isTTY = isTTY;
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }

  /** What was written, a line for each time that the cursor went to the left; without colours. */
  get plain(): string {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
    return this.text.replaceAll('\u001b[1G', '\n').replace(/\u001b(\[[0-9;?]*[a-zA-Z]|[78])/g, '');
  }
}

const point = (at: number, change: Partial<SeriesPoint> = {}): SeriesPoint => ({
  at,
  seconds: 1,
  succeeded: 45_600,
  failed: 0,
  p50: 120,
  p99: 1230,
  p999: 4560,
  max: 12_300,
  stall: 100,
  ...change,
});

const running = (done: number, change: Partial<SeriesPoint> = {}): Progress => ({
  phase: 'run',
  done,
  total: 60,
  unit: 'seconds',
  point: point(done, change),
  errors: change.failed ?? 0,
});

const connecting = (done: number): Progress => ({ phase: 'connect', done, total: 50, unit: 'connections', errors: 0 });

describe('the live view', () => {
  let view: LiveView | undefined;
  afterEach(() => {
    view?.stop();
    vi.useRealTimers();
  });
  const open = (screen: Screen, now?: () => number) => {
    view = new LiveView(screen, now);
    return view;
  };

  it('writes plain lines when there is no terminal', () => {
    const screen = new Screen(false);
    const { show } = open(screen);
    for (let done = 0; done <= 50; done += 10) show(connecting(done));
    show({ phase: 'warm-up', done: 1, total: 5, unit: 'seconds', point: point(-4), errors: 0 });
    show(running(1));
    show(running(2, { failed: 3, offered: 50_000, stall: 2310 }));
    show(running(3, { succeeded: 0, failed: 1, p50: 0, p99: 0, p999: 0, max: 0 }));
    expect(screen.text.split('\n')).toEqual([
      'connect 0 of 50 connections',
      'warm-up 1 s of 5 s:  45.6 k/s  0 errors  p50 120 µs  p99 1.23 ms  p99.9 4.56 ms  max 12.3 ms',
      'run 1 s of 60 s:  45.6 k/s  0 errors  p50 120 µs  p99 1.23 ms  p99.9 4.56 ms  max 12.3 ms',
      'run 2 s of 60 s:  45.6 k/s  offered 50.0 k/s  3 errors  p50 120 µs  p99 1.23 ms  p99.9 4.56 ms  max 12.3 ms  generator stalled 2.31 ms',
      'run 3 s of 60 s:  0/s  1 error  p50 –  p99 –  p99.9 –  max –',
      '',
    ]);
  });

  it('scrolls rows above a bar with the time left', () => {
    const screen = new Screen(true);
    const { show } = open(screen);
    show(connecting(10));
    for (let second = 1; second <= 30; second++) show(running(second));
    show(running(31, { failed: 7 }));
    const { plain } = screen;
    expect(plain.match(/time +rate +errors +p50 +p99 +p99\.9 +max/g)).toHaveLength(2);
    expect(plain).toMatch(/^ +12 s +45\.6 k\/s +0 +120 µs +1\.23 ms +4\.56 ms +12\.3 ms$/m);
    expect(plain).toMatch(/run +█+░+ 51% {2}31 s of 60 s {2}29 s left {2}7 errors/);
  });

  it('takes the time left of requests from the pace', () => {
    vi.useFakeTimers();
    const screen = new Screen(true);
    let now = 0;
    const { show } = open(screen, () => now);
    const preload = (done: number): Progress => ({ phase: 'preload', done, total: 1000, unit: 'requests', errors: 0 });
    show(preload(0));
    now = 10_000;
    show(preload(250));
    vi.advanceTimersByTime(1000);
    expect(screen.plain).toMatch(/preload .* 25% {2}250 of 1,000 requests {2}30 s left/);
  });

  it('leaves the cursor where the report can follow', () => {
    const screen = new Screen(true);
    const shown = open(screen);
    shown.show(running(1));
    shown.stop();
    const before = screen.text;
    shown.show(running(2));
    expect(screen.text).toBe(before);
    expect(before.endsWith('\u001b[0J')).toBe(true);
  });
});
