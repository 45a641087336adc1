/** Latencies of one operation in one second, as the load engine counts them (cells.ts). */
export interface IntervalCells {
  readonly operation: string;
  /** Milliseconds since 1970. */
  readonly startMs: number;
  readonly endMs: number;
  /** Pairs of cell number and count, of the cells that are not zero. */
  readonly cells: Uint32Array;
}
