/** The far thread: takes records, and sends them back if it is to. It goes on until it is terminated. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Task } from './messages.js';
import { servePort } from './port.js';
import { serveRing } from './ring.js';
import { serveRingbuf } from './ringbuf.js';

const task = workerData as Task;
parentPort?.postMessage('ready');
if (task.kind === 'ring') serveRing(task);
else if (task.kind === 'ringbuf') serveRingbuf(task);
else servePort(task);
