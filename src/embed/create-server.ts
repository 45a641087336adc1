/** Servers inside a program or a test: no signal handlers, no end of the process, nothing on the console unless asked for. */
import { LocalClient } from '../acceptor/local/local-client.js';
import { type ConfigOptions, configOf, LiveConfig } from '../config/index.js';
import { Logger, type LogLevel } from '../log/index.js';
import { Server } from '../server.js';
import { Client, type ClientOptions } from './client.js';
import { msOf, type Span } from './span.js';

/**
 * The options of the command line by their names in camel case: `maxmemoryPolicy`, `httpPort`. Values are those of the
 * option's type, or the text that the command line takes. Other defaults than there: any free port of 127.0.0.1, one
 * shard, no HTTP, no memcached, no log.
 */
export interface CreateServerOptions extends ConfigOptions {
  /** Takes the lines of the log. */
  readonly onLog?: (line: string) => void;
  /** The server has ended by itself, because of SHUTDOWN (exit code 0) or because it could not go on. */
  readonly onEnd?: (exitCode: number, reason?: string) => void;
}

/** A clock that stands where it was moved, and goes on from there. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Moves the clock on: by milliseconds, or by a text such as `1h`. */
  advance(span: Span): void;
}

export interface EmbeddedServer extends AsyncDisposable {
  readonly port: number;
  /** `redis://127.0.0.1:6379` */
  readonly url: string;
  /** `http://127.0.0.1:8080`; undefined without HTTP (`httpPort: 'any'` has it on a free port). */
  readonly httpUrl: string | undefined;
  readonly clock: Clock;
  /** A client that needs no socket. It ends with the server. */
  client(options?: ClientOptions): Client;
  /** Finishes what was received, and ends. */
  close(): Promise<void>;
}

const DEFAULTS = {
  port: 0,
  bind: ['127.0.0.1'],
  httpPort: 0,
  memcachedPort: 0,
  httpBind: ['127.0.0.1'],
  shards: 1,
} satisfies ConfigOptions;

/** Starts a server. Rejects with a `ConfigError` for wrong options, and when it can't listen. */
export async function createServer(options: CreateServerOptions = {}): Promise<EmbeddedServer> {
  const { onLog, onEnd, ...given } = options;
  const { config } = configOf({ ...DEFAULTS, ...given });
  const isLogged = onLog !== undefined || given.loglevel !== undefined || given.logfile !== undefined;
  const log = new Logger({
    level: isLogged ? config.loglevel : 'nothing',
    format: config.logFormat,
    ...(onLog === undefined ? { file: config.logfile } : { write: onLog }),
  });
  const live = new LiveConfig(config);
  live.on('loglevel', (level: LogLevel | 'nothing') => {
    log.level = level;
  });
  try {
    const server = await Server.start({ config: live, log, ...(onEnd === undefined ? {} : { onEnd }) });
    return new Embedded(server, log);
  } catch (error) {
    log.close();
    throw error;
  }
}

class Embedded implements EmbeddedServer {
  readonly #server: Server;
  readonly #log: Logger;
  readonly clock: Clock;

  constructor(server: Server, log: Logger) {
    this.#server = server;
    this.#log = log;
    this.clock = { now: server.clock.now, advance: (span) => server.clock.advance(msOf(span)) };
  }

  get port(): number {
    return this.#server.addresses[0]?.port ?? 0;
  }

  get url(): string {
    return `redis://${hostOf(this.#server.addresses[0]?.host)}:${this.port}`;
  }

  get httpUrl(): string | undefined {
    const [address] = this.#server.httpAddresses;
    return address === undefined ? undefined : `http://${hostOf(address.host)}:${address.port}`;
  }

  client(options: ClientOptions = {}): Client {
    if (this.#server.parts.isStopping()) throw new Error('the server is closed');
    return new Client(new LocalClient(this.#server.parts, options));
  }

  async close(): Promise<void> {
    await this.#server.stop();
    this.#log.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

/** As it stands in a URL; where the server listens everywhere, this machine. */
function hostOf(host = '127.0.0.1'): string {
  if (host === '0.0.0.0' || host === '::' || host === '*') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}
