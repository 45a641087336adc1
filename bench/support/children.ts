/** Processes that a benchmark starts. None outlives it: not after an error, and not after Ctrl-C. */
import type { ChildProcess } from 'node:child_process';
import { constants } from 'node:os';

const living = new Set<ChildProcess>();
const atEnd: (() => void)[] = [];
let watching = false;

/** Ends `child` when this process ends. */
export function adopt<C extends ChildProcess>(child: C): C {
  watchEnd();
  living.add(child);
  child.once('exit', () => living.delete(child));
  return child;
}

/** Called when this process ends, after its children have been told to. */
export function onEnd(action: () => void): void {
  watchEnd();
  atEnd.push(action);
}

/** Ends a child: asks, and insists after `patienceMs`. Resolves when it is gone. */
export async function endChild(child: ChildProcess, patienceMs = 5000): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), patienceMs);
  await gone;
  clearTimeout(timer);
}

function watchEnd(): void {
  if (watching) return;
  watching = true;
  process.on('exit', () => {
    for (const child of living) child.kill('SIGKILL');
    for (const action of atEnd) action();
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => process.exit(128 + constants.signals[signal]));
  }
}
