/** What an error of this folder is about; programs compare this, people read the message. */
export type ConfigErrorCode =
  /** A name that no option has: on the command line, in the environment or in a file. */
  | 'UNKNOWN_OPTION'
  /** A value that its option does not take, or options that contradict each other. */
  | 'INVALID_VALUE'
  /** Something that Redis has and this server refuses, because to ignore it would do harm. */
  | 'NOT_SUPPORTED'
  /** A file that can't be read, parsed or written. */
  | 'CONFIG_FILE'
  /** CONFIG SET was refused; the message is Redis's, without its code `ERR`. */
  | 'CONFIG_SET';

/** An error a user can do something about. The message is one line, whatever it quotes: it also goes into RESP replies. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly code: ConfigErrorCode;

  constructor(code: ConfigErrorCode, message: string, options?: ErrorOptions) {
    super(message.replace(/\p{Cc}+/gu, ' '), options);
    this.code = code;
  }
}

/** What the operating system says of a failed call, without Node's code, call and path: `no such file or directory`. */
export function systemErrorText(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return /^[A-Z0-9_]+: ([^,]+), /.exec(message)?.[1] ?? message;
}
