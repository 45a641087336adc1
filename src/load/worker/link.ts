/** A connection of the generator to the server, whatever carries it. */
export interface Link {
  readonly number: number;
  /** Sends the requests that the engine has for it. */
  flush(): void;
  /** For good. */
  close(): void;
  /** Gives it up for a reason (FAIL_...): what is under way has failed; it comes back by itself. */
  abandon(why: number): void;
}

/** What links tell the generator. */
export interface LinkOwner {
  /** Microseconds since the run began. */
  time(): number;
  /** Bytes were read, and what the engine made of them has been taken note of. */
  onReceived(link: Link): void;
  /** It can take requests; `attempt` counts from 0. */
  onOpen(link: Link): void;
  /** It could not be opened. */
  onRefused(link: Link, error: NodeJS.ErrnoException): void;
  /** It was open, and is not any more, although nobody asked for that. */
  onLost(link: Link, text: string): void;
}
