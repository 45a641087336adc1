/** What the acceptor asks of a client's end: a TCP socket gives it, and so does a client within the process. */

export interface ClientSocket {
  readonly remoteAddress?: string | undefined;
  readonly remotePort?: number | undefined;
  readonly localAddress?: string | undefined;
  readonly localPort?: number | undefined;
  /** Bytes written so far, and those of them that have not been taken. */
  readonly bytesWritten: number;
  readonly writableLength: number;
  /** Nothing more should be written before 'drain'. */
  readonly writableNeedDrain: boolean;
  /** The client is a part of this program: it is no stranger, and no network can have lost it. */
  readonly inProcess?: boolean;
  /** The bytes must not change while `writableLength` counts them. */
  write(bytes: Uint8Array, taken?: () => void): boolean;
  end(taken?: () => void): unknown;
  destroy(): unknown;
  destroySoon(): void;
  /** Nothing more may be received from the client until `resume`. */
  pause(): unknown;
  resume(): unknown;
  on(event: 'drain', listener: () => void): unknown;
  /** Between these, writes are gathered into one. */
  cork?(): void;
  uncork?(): void;
}
