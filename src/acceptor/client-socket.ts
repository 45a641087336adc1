/** What the acceptor needs of a client's end: a TCP socket has it, and so has what stands for one where there is none. */
export interface ClientSocket {
  readonly remoteAddress?: string | undefined;
  readonly remotePort?: number | undefined;
  readonly localAddress?: string | undefined;
  readonly localPort?: number | undefined;
  readonly bytesWritten: number;
  /** Bytes that have been written and not been taken. */
  readonly writableLength: number;
  readonly writableNeedDrain: boolean;
  /** The bytes may be changed when it has returned, if it has taken them. */
  write(bytes: Uint8Array, done?: () => void): boolean;
  on(event: 'drain', listener: () => void): unknown;
  /** Between these, writes are gathered into one. */
  cork?(): void;
  uncork?(): void;
  pause(): unknown;
  resume(): unknown;
  end(done?: () => void): unknown;
  destroy(): unknown;
  destroySoon(): void;
}
