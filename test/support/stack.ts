/**
 * The server without sockets and threads: the acceptor's real parts, and the shards' duty cycles, which are stepped
 * here, one after the other. With a seed and a clock that stands still, everything happens again as it did.
 */
import { readFileSync } from 'node:fs';
import { setImmediate as untilImmediate } from 'node:timers/promises';
import { Acceptor, READ_BYTES } from '../../src/acceptor/acceptor.js';
import { Blocked } from '../../src/acceptor/blocked.js';
import { Clients } from '../../src/acceptor/clients.js';
import { CommandStats } from '../../src/acceptor/command-stats.js';
import { CONNECTION_HANDLERS } from '../../src/acceptor/commands/connection.js';
import type { ServerParts } from '../../src/acceptor/commands/context.js';
import { CommandRouter } from '../../src/acceptor/commands/router.js';
import { spread } from '../../src/acceptor/commands/spread.js';
import { Counters } from '../../src/acceptor/counters.js';
import { Dispatcher } from '../../src/acceptor/dispatcher.js';
import { GATHER_ROOM, Gatherer } from '../../src/acceptor/gather.js';
import { HASH_ROOM, InternalRequests } from '../../src/acceptor/internal.js';
import { KeyNotes } from '../../src/acceptor/keys/key-notes.js';
import { LatencyMonitor } from '../../src/acceptor/latency-monitor.js';
import { MemcachedCommands } from '../../src/acceptor/memcached/commands.js';
import { Pause } from '../../src/acceptor/pause.js';
import { ShardPort } from '../../src/acceptor/shard-port.js';
import { SlowLog } from '../../src/acceptor/slow-log.js';
import type { Tracking } from '../../src/acceptor/tracking/tracking.js';
import { type ConfigOptions, configOf, LiveConfig } from '../../src/config/index.js';
import { COMMAND_WRITE } from '../../src/engine/layout/command.js';
import { CONN_AUTHENTICATED } from '../../src/engine/layout/connection.js';
import { Logger } from '../../src/log/index.js';
import { SLOW_NOTES } from '../../src/message/slow.js';
import { DutyCycle } from '../../src/shard/duty-cycle.js';
import { applyToAcceptor, initShard, watchSettings } from '../../src/shard-settings.js';
import { Engine, type HashKey, reserveMemory } from '../../src/wasm/engine.js';
import { FakeClock } from './fake-clock.js';
import { type Arg, request } from './resp.js';
import { TestClient } from './test-client.js';

/** Enough for a test, little enough that the acceptor's limit can be reached by one. */
const ACCEPTOR_PAGES = 128 * 1024;
const CONNECTIONS = 64;
const KEY: HashKey = [0x0123456789abcdefn, -0x0123456789abcdefn];
const NO_DATAGRAMS = { received: 0, malformed: 0, refused: 0, shortened: 0, dropped: 0 };
/** Rounds in which all of a test's work must end. */
const ROUNDS_MAX = 20_000;

let compiled: WebAssembly.Module | undefined;

/** The engine with its assertions. */
function checkedEngine(): WebAssembly.Module {
  compiled ??= new WebAssembly.Module(readFileSync(new URL('../../dist/engine-checked.wasm', import.meta.url)));
  return compiled;
}

export interface StackOptions extends ConfigOptions {
  readonly clock?: FakeClock;
  /** Threads that the dispatcher believes to run at the same time. */
  readonly cores?: number;
  /** Microseconds from which the shards take note of a command; below 1000 each command is run by itself. */
  readonly slowFrom?: number;
  readonly hashKey?: HashKey;
}

export class Stack {
  readonly clock: FakeClock;
  readonly engine: Engine;
  readonly shards: readonly Engine[];
  readonly cycles: readonly DutyCycle[];
  readonly ports: readonly ShardPort[];
  readonly dispatcher: Dispatcher;
  readonly acceptor: Acceptor;
  readonly config: LiveConfig;
  readonly clients: TestClient[] = [];
  readonly #known: Clients;
  readonly #asker: TestClient;

  constructor({ clock = new FakeClock(), cores = 8, slowFrom = -1, hashKey = KEY, ...options }: StackOptions = {}) {
    const { now } = clock;
    const config = new LiveConfig(configOf({ shards: 1, dispatch: 'direct', maxmemory: '256mb', ...options }).config);
    const { shards: count, dispatch } = config.current;
    const memories = Array.from({ length: count + 1 }, reserveMemory);
    const [engine, ...shards] = memories.map((memory) => new Engine(checkedEngine(), memory)) as [Engine, ...Engine[]];
    engine.exports.initAcceptor(count, CONNECTIONS, READ_BYTES, ACCEPTOR_PAGES, ...hashKey);
    engine.writeTables();
    for (const [i, shard] of shards.entries()) {
      initShard(shard, i, config, hashKey, now());
      shard.writeTables();
    }
    applyToAcceptor(config, engine);

    const takeRoom = (bytes: number) => engine.exports.takeRoom(bytes) >>> 0;
    const ports = shards.map((shard, i) => new ShardPort(i, shard));
    for (const port of ports) port.setSlowThreshold(slowFrom);
    const log = new Logger({ level: 'nothing', write: () => {} });
    const clients = new Clients(config, log, now);
    const internal = new InternalRequests(engine, takeRoom(HASH_ROOM));
    const acceptor: Acceptor = new Acceptor({
      engine,
      local: {
        run: (connection, asked) => (connection.isMemcached ? memcached : router).run(connection, asked),
        runQuickly: () => false,
      },
      outputPause: () => config.current.clientOutputPause,
      onBroken: () => {},
    });
    const dispatcher = new Dispatcher({
      engine,
      ports,
      gatherer: new Gatherer(engine, takeRoom(GATHER_ROOM)),
      dispatch,
      cores,
      now,
      connection: (id) => acceptor.connections[id],
      onInternal: (reply) => {
        if (reply.exchange !== SLOW_NOTES) internal.onReply(reply);
      },
    });
    internal.attach(dispatcher);
    acceptor.attach(dispatcher);
    const blocked = new Blocked();
    const stats = new CommandStats(ports, engine, (command) => internal.calls(command));
    const parts: Partial<ServerParts> = {
      config,
      log,
      acceptor,
      dispatcher,
      internal,
      ports,
      clients,
      now,
      since: now(),
      runId: '0'.repeat(40),
      stats,
      counters: new Counters(ports, engine, clients, stats, () => ({ in: 0, out: 0, reads: 0 })),
      slowLog: new SlowLog(() => 0),
      latency: new LatencyMonitor(() => 0),
      pause: new Pause({
        blocked,
        now,
        onChange: (mode) => {
          engine.exports.setPaused(mode === undefined ? 0 : COMMAND_WRITE);
          acceptor.holdAll(mode === 'all');
        },
      }),
      blocked,
      keyNotes: new KeyNotes([], () => {}),
      tracking: { forgetAll: () => {} } as Tracking,
      isStopping: () => false,
    };
    const router = new CommandRouter(parts as ServerParts, CONNECTION_HANDLERS, spread);
    const memcached = new MemcachedCommands(parts as ServerParts, () => NO_DATAGRAMS);
    watchSettings(config, internal, engine, () => 0);

    this.clock = clock;
    this.engine = engine;
    this.shards = shards;
    this.ports = ports;
    this.dispatcher = dispatcher;
    this.acceptor = acceptor;
    this.config = config;
    this.cycles = shards.map((shard) => new DutyCycle(shard, memories, clock));
    this.#known = clients;
    this.#asker = this.connect();
  }

  /** A client that has been let in. */
  connect(flags: number = CONN_AUTHENTICATED): TestClient {
    const client = new TestClient(this.acceptor, flags);
    this.#known.opened(client.connection);
    this.clients.push(client);
    return client;
  }

  /** The client is gone. */
  disconnect(client: TestClient): void {
    this.acceptor.close(client.connection);
    this.#known.closed(client.connection);
    this.clients.splice(this.clients.indexOf(client), 1);
  }

  /** A round of a shard's thread; false when there was nothing for it to do. */
  stepShard(shard: number): boolean {
    const cycle = this.cycles[shard] as DutyCycle;
    return cycle.doWork() || !cycle.rest();
  }

  /** One round of everybody; false when nobody had anything to do. */
  step(): boolean {
    let worked = false;
    for (const client of this.clients) worked = client.flush() || worked;
    this.dispatcher.turn();
    for (let shard = 0; shard < this.cycles.length; shard++) worked = this.stepShard(shard) || worked;
    this.dispatcher.turn();
    return worked;
  }

  /** Goes on until all that was asked has been answered and nobody has anything left to do. */
  async settle(): Promise<void> {
    for (let round = 0; round < ROUNDS_MAX; round++) {
      const worked = this.step();
      await untilImmediate();
      if (!worked && !this.isBusy) return;
    }
    throw new Error(`the work does not end: ${this.#state()}`);
  }

  /** What is not finished, for a failure's message. */
  #state(): string {
    const clients = this.clients.map(({ connection, hasUnsent }) => ({
      exchanges: connection.exchanges.length,
      held: connection.isHeld,
      hasUnsent,
    }));
    const suspended = this.shards.map((shard) => shard.exports.suspendedBatches());
    return JSON.stringify({ outstanding: this.dispatcher.outstanding, suspended, clients });
  }

  get isBusy(): boolean {
    if (this.dispatcher.outstanding !== 0) return true;
    return this.clients.some((client) => isBusy(client));
  }

  /** The replies to some requests, which are sent together. */
  async askAll(...requests: readonly (readonly Arg[])[]): Promise<string[]> {
    this.#asker.send(Buffer.concat(requests.map((args) => request(...args))));
    await this.settle();
    return this.#asker.takeReplies().map((reply) => reply.toString('latin1'));
  }

  /** The reply to one request, as protocol text. */
  async ask(...args: readonly Arg[]): Promise<string> {
    const replies = await this.askAll(args);
    if (replies.length !== 1) throw new Error(`${replies.length} replies to ${args.join(' ')}`);
    return replies[0] as string;
  }

  /** The same for a request in one line. */
  line(text: string): Promise<string> {
    return this.ask(...text.split(' '));
  }
}

/** Whether a client has sent something that has not been taken, or is owed something. */
function isBusy({ connection, socket, hasUnsent }: TestClient): boolean {
  if (socket.isEnded) return false;
  const isUnsent = hasUnsent || connection.input !== undefined || connection.staged !== 0;
  if (isUnsent || connection.exchanges.length !== 0) return true;
  // A slow client is waited for by nobody.
  return !socket.isSlow && (connection.isHeld || connection.output.pending !== 0);
}
