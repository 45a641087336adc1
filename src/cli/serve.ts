/** Serves: what a command line that asks for the server comes down to. */
import { unlinkSync, writeFileSync } from 'node:fs';
import { humanBytes } from '../base/human-bytes.js';
import { type Config, formatMemory, LiveConfig } from '../config/index.js';
import { Logger } from '../log/index.js';
import { type Address, Server } from '../server.js';
import { VERSION } from '../version.js';
import { EXIT_RUNTIME, fail } from './fail.js';

export async function serve(config: Config, file: string | undefined, warnings: readonly string[]): Promise<void> {
  let log: Logger;
  try {
    log = new Logger({ level: config.loglevel, format: config.logFormat, file: config.logfile });
  } catch (error) {
    fail(`ringshard: can't open the log file: ${(error as Error).message}`, EXIT_RUNTIME);
    return;
  }
  for (const warning of warnings) log.warning(warning);
  const live = new LiveConfig(config, { file });
  live.on('loglevel', (level) => {
    log.level = level;
  });
  try {
    writePid(config.pidfile);
    const server = await Server.start({
      config: live,
      log,
      onEnd: (exitCode, reason) => {
        if (reason !== undefined) log.warning(`The server ends: ${reason}`);
        leave(config, log, exitCode);
      },
    });
    stopOnSignals(server, config, log);
    reopenOnSignal(log);
    // Last: whoever waits for this line may send a signal at once.
    const [memcached] = server.memcachedAddresses;
    if (memcached !== undefined) log.notice(`memcached's protocols on port ${memcached.port}`);
    log.notice(readyText(config, server));
  } catch (error) {
    log.warning(startFailure(error, config));
    leave(config, log, EXIT_RUNTIME);
  }
}

/** The one message at the start: what runs where, with what limits, and how to reach it. */
function readyText(config: Config, { addresses, httpAddresses }: Server): string {
  const where = addresses.map(({ host, port }) => (host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`));
  const shards = `${config.shards} shard${config.shards === 1 ? '' : 's'}`;
  const memory = `maxmemory ${roughly(config.maxmemory)} (${config.maxmemoryPolicy})`;
  return (
    `Ready to accept connections: ringshard ${VERSION} on ${where.join(' and ')}, ${shards}, ${memory}, ` +
    `dispatch ${config.dispatch}${httpText(httpAddresses)}; connect with: redis-cli -p ${addresses[0]?.port}`
  );
}

/** Where a browser finds the server. */
function httpText([address]: readonly Address[]): string {
  if (address === undefined) return '';
  const { host, port } = address;
  return `, HTTP at http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** An amount that is computed from the machine's memory is no round number. */
function roughly(bytes: number): string {
  const exact = formatMemory(bytes);
  return /^\d+[mg]b$/.test(exact) ? exact : humanBytes(bytes);
}

function startFailure(error: unknown, config: Config): string {
  const { message, cause = error } = error as Error;
  const { code, port = config.port } = cause as NodeJS.ErrnoException & { readonly port?: number };
  if (code === 'EADDRINUSE') return `Could not listen on port ${port}: Address already in use`;
  if (code === 'EACCES') return `Could not listen on port ${port}: Permission denied`;
  return `Could not start: ${message}`;
}

/** The first signal lets everything received be finished; a second one does not wait. */
function stopOnSignals(server: Server, config: Config, log: Logger): void {
  let stopping = false;
  const stop = (signal: NodeJS.Signals) => {
    if (stopping) {
      log.warning(`Received ${signal} again: ending at once`);
      leave(config, log, EXIT_RUNTIME);
    }
    stopping = true;
    log.notice(`Received ${signal}: finishing what was received`);
    void server.stop().then(() => {
      log.notice('Bye');
      leave(config, log, 0);
    });
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

/** Who rotates the log file sends SIGHUP afterwards. A file that can't be opened again leaves the old one in use. */
function reopenOnSignal(log: Logger): void {
  process.on('SIGHUP', () => {
    try {
      log.reopen();
    } catch (error) {
      log.warning(`can't open the log file again: ${(error as Error).message}`);
    }
  });
}

function writePid(file: string): void {
  if (file !== '') writeFileSync(file, `${process.pid}\n`);
}

function leave(config: Config, log: Logger, exitCode: number): never {
  if (config.pidfile !== '') {
    try {
      unlinkSync(config.pidfile);
    } catch {
      // Somebody else has removed it.
    }
  }
  log.close();
  process.exit(exitCode);
}
