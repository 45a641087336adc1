/** What a test server does wrong, and when. Switches may be turned while it runs. */
export interface Faults {
  /** Milliseconds for which it stands still, once `stallAfter` requests have come. */
  stall?: number;
  stallAfter?: number;
  /** While it stands still, it does not read either. */
  pausesReading?: boolean;
  /** Requests are read and not answered. */
  silent?: boolean;
  /** After so many requests the connection is reset, in the middle of a reply. */
  resetAfter?: number;
  /** After so many requests the connection is closed, behind a whole reply. */
  closeAfter?: number;
  /** Says nothing that the protocol knows, from this request on. */
  garbageAfter?: number;
  /** Every n-th request gets an error reply. */
  errorEvery?: number;
  /** Every n-th read finds a value that is not the right one. */
  wrongEvery?: number;
  /** Every n-th read finds the value before the last one. */
  staleEvery?: number;
  /** Every n-th write is acknowledged, and the key is gone. */
  swallowEvery?: number;
  /** Replies leave one byte at a time. */
  bytewise?: boolean;
  /** New connections are closed at once, behind the greeting. */
  closeNew?: boolean;
  /** What it says to a new connection before it is asked. */
  greeting?: string;
}

/** Whether the n-th of something (from 1) is one of every `every`. */
export function isNth(n: number, every: number | undefined): boolean {
  return every !== undefined && n % every === 0;
}
