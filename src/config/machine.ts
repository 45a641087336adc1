import { availableParallelism, totalmem } from 'node:os';

/** What defaults depend on. Tests bring their own. */
export interface Machine {
  /** Threads that can run at the same time. */
  readonly cores: number;
  /** The machine's memory, or the container's if that is less. */
  readonly memoryBytes: number;
  /** The working directory. */
  readonly directory: string;
}

/** The machine that this process runs on. */
export function thisMachine(): Machine {
  return {
    cores: availableParallelism(),
    memoryBytes: memoryWithin(totalmem(), process.constrainedMemory()),
    directory: process.cwd(),
  };
}

/** Without a limit Node answers 0, undefined or a number beyond all memory, depending on version and system. */
export function memoryWithin(total: number, limit: number | undefined): number {
  return limit !== undefined && limit > 0 ? Math.min(total, limit) : total;
}
