/** The server's log: lines like Redis's, or JSON; on standard output or in a file. */
import { type DestinationStream, destination, pino } from 'pino';
import { type LogFields, type LogLevel, redisLine } from './redis-line.js';

export type { LogFields, LogLevel } from './redis-line.js';
export type LogFormat = 'redis' | 'json';
/** What is logged: this level and those above it. */
export type LogThreshold = LogLevel | 'nothing';

export interface LoggerOptions {
  readonly level?: LogThreshold;
  readonly format?: LogFormat;
  /** A path; empty: standard output. */
  readonly file?: string;
  /** Where lines go instead of to `file`: for tests. */
  readonly write?: (line: string) => void;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  readonly pid?: number;
}

const LEVELS: Readonly<Record<LogLevel, number>> = { debug: 20, verbose: 25, notice: 30, warning: 40 };
const NAMES = new Map(Object.entries(LEVELS).map(([name, number]) => [number, name as LogLevel]));

/** Bytes that wait while the file can't be written, for example because the disk is full; more is dropped. */
const MOST_WAITING_BYTES = 1024 ** 2;

export class Logger {
  readonly #pino: pino.Logger<LogLevel, true>;
  readonly #out: Output;

  /** Throws when the file can't be opened. */
  constructor({
    level = 'notice',
    format = 'redis',
    file = '',
    write,
    now = Date.now,
    pid = process.pid,
  }: LoggerOptions = {}) {
    this.#out = write === undefined ? openOutput(file) : { write, reopen() {}, close() {} };
    this.#pino = pino<LogLevel, true>(
      {
        level: pinoLevel(level),
        customLevels: LEVELS,
        useOnlyCustomLevels: true,
        base: { pid },
        timestamp: () => `,"time":"${new Date(now()).toISOString()}"`,
        formatters: { level: (label) => ({ level: label }) },
      },
      format === 'json' ? this.#out : new RedisLines(this.#out, pid, now),
    );
  }

  /** May be changed at any time. */
  get level(): LogThreshold {
    return this.#pino.level === 'silent' ? 'nothing' : (this.#pino.level as LogLevel);
  }

  set level(level: LogThreshold) {
    this.#pino.level = pinoLevel(level);
  }

  /** For those to whom the fields are work. */
  isEnabled(level: LogLevel): boolean {
    return this.#pino.isLevelEnabled(level);
  }

  debug(message: string, fields: LogFields = {}): void {
    this.#pino.debug(fields, message);
  }

  verbose(message: string, fields: LogFields = {}): void {
    this.#pino.verbose(fields, message);
  }

  notice(message: string, fields: LogFields = {}): void {
    this.#pino.notice(fields, message);
  }

  warning(message: string, fields: LogFields = {}): void {
    this.#pino.warning(fields, message);
  }

  /** Opens the file anew: whoever rotates logs has moved it away. Throws when it can't be opened. */
  reopen(): void {
    this.#out.reopen();
  }

  /** Ends the log. Standard output stays open. */
  close(): void {
    this.#out.close();
  }
}

interface Output extends DestinationStream {
  reopen(): void;
  close(): void;
}

/**
 * Lines are written before the call returns, as Redis does it: they are few, and the last ones before a crash are the
 * ones that matter. A log that can't be written is no reason to stop serving.
 */
function openOutput(file: string): Output {
  const stream = destination({ dest: file === '' ? 1 : file, sync: true, append: true, maxLength: MOST_WAITING_BYTES });
  stream.on('error', () => {});
  return {
    write: (line) => stream.write(line),
    reopen: () => {
      if (file !== '') stream.reopen();
    },
    close: () => {
      if (file !== '') stream.end();
    },
  };
}

const METADATA = Symbol.for('pino.metadata');

/** pino writes JSON; to a stream with this mark it also tells what the line is made of. */
class RedisLines implements DestinationStream {
  readonly [METADATA] = true;
  declare lastLevel: number;
  declare lastMsg: string | undefined;
  declare lastObj: LogFields;
  readonly #out: Output;
  readonly #pid: number;
  readonly #now: () => number;

  constructor(out: Output, pid: number, now: () => number) {
    this.#out = out;
    this.#pid = pid;
    this.#now = now;
  }

  write(): void {
    const level = NAMES.get(this.lastLevel) ?? 'warning';
    const [message, fields] = [this.lastMsg ?? '', this.lastObj];
    this.#out.write(redisLine({ level, timeMs: this.#now(), pid: this.#pid, message, fields }));
  }
}

function pinoLevel(level: LogThreshold): string {
  return level === 'nothing' ? 'silent' : level;
}
