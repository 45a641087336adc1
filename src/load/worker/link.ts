/** A connection of the generator to the server, whatever carries it. */
export interface Link {
  readonly number: number;
  open(): void;
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
  /** It can take requests. */
  onOpen(link: Link): void;
  /** It could not be opened, or what it said first had no answer. */
  onRefused(link: Link, error: NodeJS.ErrnoException): void;
  /** It was open, and is not any more, although nobody asked for that; so many requests had no reply. */
  onLost(link: Link, error: NodeJS.ErrnoException, requests: number): void;
  /** What came could not be read (the engine has reported it); so many requests had no reply. */
  onBroken(link: Link, requests: number): void;
}
