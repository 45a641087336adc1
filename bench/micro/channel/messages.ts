/** What the far thread is told when it starts. */
import type { MessagePort } from 'node:worker_threads';

interface Common {
  /** Bytes of a record. */
  readonly size: number;
  /** Send back what comes, instead of only taking it. */
  readonly echo: boolean;
}

/** Our rings. */
export interface RingTask extends Common {
  readonly kind: 'ring';
  readonly memory: SharedArrayBuffer;
  /** Never sleep. */
  readonly spin: boolean;
}

/** ringbuf.js; the doorbells, which it has none of, are ours. */
export interface RingbufTask extends Common {
  readonly kind: 'ringbuf';
  readonly there: SharedArrayBuffer;
  readonly back: SharedArrayBuffer;
  readonly bells: SharedArrayBuffer;
  readonly spin: boolean;
}

export interface PortTask extends Common {
  readonly kind: 'port';
  readonly port: MessagePort;
  /** Without `echo`: one answer for so many messages. */
  readonly answerEvery: number;
}

export type Task = RingTask | RingbufTask | PortTask;
