/** What the command line's meaning depends on besides its words. */
export interface LoadEnvironment {
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** The text of a file; throws what the operating system says. */
  readonly readFile: (path: string) => string;
  readonly cores: number;
  /** A whole number below 2^32, for runs that name no seed. */
  readonly randomSeed: () => number;
}

/** Takes the place of `-a`, which other users of the machine can see. */
export const PASSWORD_VARIABLE = 'RINGSHARD_LOAD_PASSWORD';
