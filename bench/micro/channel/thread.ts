/** Starts the far thread, and ends it. */
import { Worker } from 'node:worker_threads';
import type { Task } from './messages.js';

export interface FarThread {
  stop(): Promise<void>;
}

/** Resolves when the thread is ready to take records. */
export async function startThread(task: Task): Promise<FarThread> {
  const worker = new Worker(new URL('./worker.mjs', import.meta.url), {
    workerData: task,
    // worker.mjs sees to TypeScript.
    execArgv: [],
    ...(task.kind === 'port' && { transferList: [task.port] }),
  });
  await new Promise<void>((resolve, reject) => {
    worker.once('message', () => resolve());
    worker.once('error', reject);
  });
  worker.on('error', (error) => {
    throw error;
  });
  return {
    stop: async () => {
      await worker.terminate();
    },
  };
}
