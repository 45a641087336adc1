/**
 * Keeps UDP from being of use to those who send requests in somebody else's name. The sender of a datagram can be forged;
 * so an address that has not proved itself gets
 *
 *   - no more datagrams answered in a second than `udp-rate`,
 *   - no reply that is more than `udp-reply-factor` times as long as its request.
 *
 * An address proves itself by a TCP connection to this server, for as long as there is one: that can't be had in
 * somebody else's name. Loopback addresses can't be forged from outside; `udp-trust-loopback` says whether they count as
 * proved.
 */
import { isLoopback } from '../client.js';

export interface GuardOptions {
  /** Times; datagrams a second from one address, 0: no limit. */
  readonly replyFactor: () => number;
  readonly rate: () => number;
  readonly trustLoopback: () => boolean;
  readonly now: () => number;
}

/** Addresses share their counts with others when there are more than this. */
const COUNTERS = 65536;
const SECOND_MS = 1000;

export class UdpGuard {
  readonly #options: GuardOptions;
  /** Connections by address. */
  readonly #proved = new Map<string, number>();
  readonly #counts = new Uint32Array(COUNTERS);
  /** The second that is being counted. */
  #second = 0;

  constructor(options: GuardOptions) {
    this.#options = options;
  }

  /** A TCP connection has been opened from an address. */
  opened(address: string | undefined): void {
    if (address === undefined) return;
    const plain = withoutPrefix(address);
    this.#proved.set(plain, (this.#proved.get(plain) ?? 0) + 1);
  }

  closed(address: string | undefined): void {
    if (address === undefined) return;
    const plain = withoutPrefix(address);
    const left = (this.#proved.get(plain) ?? 0) - 1;
    if (left > 0) this.#proved.set(plain, left);
    else this.#proved.delete(plain);
  }

  /** Whether nobody else can be behind an address. */
  isProved(address: string): boolean {
    return (isLoopback(address) && this.#options.trustLoopback()) || this.#proved.has(withoutPrefix(address));
  }

  /** Counts a datagram of an address that has not proved itself; false when it has sent too many. */
  admits(address: string): boolean {
    const rate = this.#options.rate();
    if (rate === 0) return true;
    const second = Math.floor(this.#options.now() / SECOND_MS);
    if (second !== this.#second) {
      this.#second = second;
      this.#counts.fill(0);
    }
    const at = hashOf(withoutPrefix(address)) % COUNTERS;
    const count = (this.#counts[at] as number) + 1;
    this.#counts[at] = count;
    return count <= rate;
  }

  /** Bytes that a request of so many bytes may be answered with, of an address that has not proved itself. */
  mostFor(requestBytes: number): number {
    return requestBytes * this.#options.replyFactor();
  }
}

/** An IPv4 address that came over an IPv6 socket, as it would have come over its own. */
function withoutPrefix(address: string): string {
  return address.startsWith('::ffff:') ? address.slice(7) : address;
}

/** FNV-1a. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}
