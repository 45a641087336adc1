/**
 * A job: what is left to do of a command that takes longer than a slice. Its frame waits in a suspended batch and
 * keeps its keys held, so a step may look its key up again and find the value as the last step left it. Positions in
 * the frame are offsets, because the frame is copied when the batch is suspended.
 */
import { takeWork } from "../memory/heap";
import { state } from "../state";

/** Bytes that a step may touch: some hundred microseconds. */
export const SLICE: u32 = 512 * 1024;

export const JOB_EACH_KEY: u32 = 1;
export const JOB_KEYS: u32 = 2;
export const JOB_SCAN: u32 = 3;
export const JOB_EDIT: u32 = 4;
export const JOB_COUNT_BITS: u32 = 5;
export const JOB_FIND_BIT: u32 = 6;
export const JOB_COMBINE_BITS: u32 = 7;
export const JOB_LCS: u32 = 8;
/** Holds keys until the acceptor releases them. */
export const JOB_HOLD: u32 = 9;
/** Waits until the shard's thread has brought the frame's bytes in. */
export const JOB_LOAD: u32 = 10;

@unmanaged
export class Job {
  kind: u32;
  /** Steps taken. */
  steps: u32;
  /** When it began, in milliseconds since 1970. */
  since: i64;
  /** What they mean is said where the kind is implemented. */
  a: u32;
  b: u32;
  c: u32;
  d: u32;
  e: u32;
  f: u32;
  x: i64;
  y: i64;
}

@inline
export function isHold(job: usize): bool {
  return changetype<Job>(job).kind == JOB_HOLD;
}

/** Makes the current command a job; null when there is no memory for it. */
export function startJob(kind: u32): Job | null {
  const block = takeWork(offsetof<Job>());
  if (block == 0) return null;
  memory.fill(block, 0, offsetof<Job>());
  const job = changetype<Job>(block);
  job.kind = kind;
  job.since = state().nowMs;
  state().startedJob = <u32>block;
  return job;
}
