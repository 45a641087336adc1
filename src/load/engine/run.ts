/** What the run as a whole knows: the clock as of the last call, limits, and what is to be measured. */
import { OPERATIONS_MAX } from "./layout";

/** Microseconds since the run began. */
export let now: f64 = 0;
export function setNow(time: f64): void {
  now = time;
}

export let protocol: u32 = 0;
export let pipeline: u32 = 1;
export let isOpenLoop: bool = false;
export let isClustered: bool = false;
export let isVerified: bool = false;
export let allowsMisses: bool = false;
export let timeout: f64 = 0;
/** The operation that stores keys before the run. */
export let preloadOperation: u32 = OPERATIONS_MAX;

export function initRun(
  ofProtocol: u32, requestsUnderWay: u32, openLoop: bool, clustered: bool, verified: bool, misses: bool,
  timeoutMicros: f64, preload: u32,
): void {
  protocol = ofProtocol;
  pipeline = requestsUnderWay;
  isOpenLoop = openLoop;
  isClustered = clustered;
  isVerified = verified;
  allowsMisses = misses;
  timeout = timeoutMicros;
  preloadOperation = preload;
}

export let measureFrom: f64 = Infinity;
export let measureTo: f64 = Infinity;
/** Measured requests that may still be begun. */
export let requestsLeft: f64 = 0;
/** Nothing new is begun. */
export let isStopped: bool = true;

export function measure(from: f64, to: f64, requests: f64): void {
  measureFrom = from;
  measureTo = to;
  requestsLeft = requests;
  isStopped = false;
}

export function stop(): void {
  isStopped = true;
}

@inline
export function isMeasured(time: f64): bool {
  return time >= measureFrom && time < measureTo;
}

export function takeRequest(): void {
  requestsLeft--;
}

export function giveRequestBack(): void {
  requestsLeft++;
}

/** Told to the host: of a request that failed, why; its operation, and what the server said. */
@external("env", "failed")
export declare function reportFailure(connection: u32, kind: u32, operation: u32, text: usize, length: u32): void;
