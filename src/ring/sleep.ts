/** Stops the thread for some milliseconds: its event loop stands still. For tests only (DEBUG SLEEP). */
export function sleepThread(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
