/**
 * The composition root: makes the memories, the shards and the acceptor, connects them, starts and stops them. The one
 * file that sees every folder.
 */
import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { Acceptor, READ_BYTES } from './acceptor/acceptor.js';
import { Blocked } from './acceptor/blocked.js';
import { Clients } from './acceptor/clients.js';
import { CommandStats } from './acceptor/command-stats.js';
import type { ServerParts } from './acceptor/commands/context.js';
import { HANDLERS } from './acceptor/commands/index.js';
import { CommandRouter } from './acceptor/commands/router.js';
import { spread } from './acceptor/commands/spread.js';
import { Counters } from './acceptor/counters.js';
import { Dispatcher } from './acceptor/dispatcher.js';
import { GATHER_ROOM, Gatherer } from './acceptor/gather.js';
import { HASH_ROOM, InternalRequests } from './acceptor/internal.js';
import { KeyNotes } from './acceptor/keys/key-notes.js';
import { KeyspaceNotifications } from './acceptor/keys/notifications.js';
import { LatencyMonitor } from './acceptor/latency-monitor.js';
import { MemcachedCommands } from './acceptor/memcached/commands.js';
import { Pause } from './acceptor/pause.js';
import { Posts } from './acceptor/pubsub/posts.js';
import { PubSubRegistry } from './acceptor/pubsub/registry.js';
import { Sampler } from './acceptor/sampler.js';
import { ShardPort } from './acceptor/shard-port.js';
import { slowCommands, watchThresholds } from './acceptor/slow-commands.js';
import { SlowLog } from './acceptor/slow-log.js';
import { TcpListener, type TcpOptions } from './acceptor/tcp.js';
import { Tracking } from './acceptor/tracking/tracking.js';
import { UdpGuard } from './acceptor/udp/guard.js';
import { UdpListener } from './acceptor/udp/listener.js';
import { AUTO, type Config, formatMemory, type LiveConfig, listenAddresses, SHARD_MAX_BYTES } from './config/index.js';
import { PROTOCOL_RESP3 } from './engine/layout/batch.js';
import { COMMAND_WRITE } from './engine/layout/command.js';
import { CONN_AUTHENTICATED, CONN_MEMCACHED, CONN_UNDECIDED } from './engine/layout/connection.js';
import type { HttpService } from './http/index.js';
import type { Logger } from './log/index.js';
import { KEY_NOTES, readNotes } from './message/notes.js';
import { readSlowNote, SLOW_NOTES } from './message/slow.js';
import { ServerClock } from './server-clock.js';
import { ShardPool } from './shard/pool.js';
import { applyToAcceptor, initShard, watchSettings } from './shard-settings.js';
import { Supervisor } from './supervisor.js';
import { Engine, type HashKey, reserveMemory } from './wasm/engine.js';
import { compileEngine } from './wasm/load.js';

/** What requests that have not arrived in full may take, of all clients together. */
const ACCEPTOR_BYTES = 2 * 1024 ** 3;
const PAGE = 4096;
/** Connections that may be closing while as many as are allowed are open. */
const SPARE_CONNECTIONS = 1024;
/** To so many clients CONFIG SET can raise `maxclients`; what is not used of the room for them takes no memory. */
const CLIENTS_MAX = 65536;
/** Where memcached's clients look for it. */
const MEMCACHED_PORT = 11211;
/** How often clients are reviewed, and how often the end of all work is looked for when the server stops. */
const REVIEW_MS = 100;
const STOP_LOOK_MS = 5;

export interface ServerOptions {
  readonly config: LiveConfig;
  readonly log: Logger;
  /** The server has ended by itself: SHUTDOWN was sent, or it can't go on (exit code 1, with the reason). */
  readonly onEnd?: (exitCode: number, reason?: string) => void;
  /** Uses the build of the engine that has assertions. */
  readonly checked?: boolean;
}

export interface Address {
  readonly host: string;
  readonly port: number;
}

/** Memories by number, the acceptor's first, with an engine over each. */
interface Memories {
  readonly all: readonly WebAssembly.Memory[];
  readonly acceptor: Engine;
  readonly shards: readonly Engine[];
}

export class Server {
  readonly #options: ServerOptions;
  readonly #pool: ShardPool;
  readonly #listener: TcpListener;
  readonly #memcachedListener: TcpListener;
  readonly #udp: UdpListener;
  readonly #memcached: MemcachedCommands;
  readonly #reviews: NodeJS.Timeout;
  /** What the server takes for the time. */
  readonly clock: ServerClock;
  readonly parts: ServerParts;
  readonly supervisor: Supervisor;
  #addresses: readonly Address[] = [];
  #memcachedAddresses: readonly Address[] = [];
  #udpAddresses: readonly Address[] = [];
  #http: HttpService | undefined;
  #stopping: Promise<void> | undefined;

  /** Starts a server; rejects when an address can't be listened on, or there is too little memory. */
  static async start(options: ServerOptions): Promise<Server> {
    const server = new Server(options);
    try {
      await server.#listen();
      await server.#startHttp();
    } catch (error) {
      await server.stop();
      throw error;
    }
    return server;
  }

  private constructor(options: ServerOptions) {
    this.#options = options;
    const { config, log } = options;
    const module = compileEngine(options.checked);
    const key = hashKey(config.current.hashSeed);
    const clock = new ServerClock();
    const { now } = clock;
    const memories = makeMemories(module, config, key, now());
    clock.attach(memories.all);
    this.clock = clock;
    const { acceptor: engine } = memories;

    const ports = memories.shards.map((shard, i) => new ShardPort(i, shard));
    const clients = new Clients(config, log, now);
    const internal = new InternalRequests(engine, takeRoom(engine, HASH_ROOM));
    const slowLog = new SlowLog(() => config.current.slowlogMaxLen);
    const latency = new LatencyMonitor(() => config.current.latencyMonitorThreshold);
    const noteSlow = slowCommands({
      config,
      slowLog,
      latency,
      client: (id) => clients.find(acceptor.connections[id]),
    });
    for (const port of ports) port.onSlow = noteSlow;
    watchThresholds(config, ports);
    const stats = new CommandStats(ports, engine, (command) => internal.calls(command));
    const acceptor: Acceptor = new Acceptor({
      engine,
      local: {
        run: (connection, request) => (connection.isMemcached ? this.#memcached : router).run(connection, request),
        runQuickly: (connection, frame) => router.runQuickly(connection, frame),
      },
      outputPause: () => config.current.clientOutputPause,
      onBroken: (connection, error) => {
        stats.noteError(error);
        log.verbose('a client has sent what is no request', {
          address: clients.find(connection)?.address ?? 'UDP',
          error,
        });
      },
    });
    const dispatcher = new Dispatcher({
      engine,
      ports,
      gatherer: new Gatherer(engine, takeRoom(engine, GATHER_ROOM)),
      dispatch: config.current.dispatch,
      cores: availableParallelism(),
      now,
      connection: (id) => acceptor.connections[id],
      onInternal: (reply) => {
        const { exchange, part } = reply;
        if (exchange === SLOW_NOTES) noteSlow(readSlowNote(part.from.subarray(part.start, part.end)));
        else if (exchange === KEY_NOTES) keyNotes.take(readNotes(part.from.subarray(part.start, part.end)));
        else internal.onReply(reply);
      },
    });
    internal.attach(dispatcher);
    acceptor.attach(dispatcher);
    const blocked = new Blocked();
    const posts = new Posts((connection) => clients.reviewPosts(connection));
    const pubsub = new PubSubRegistry(posts);
    const notifications = new KeyspaceNotifications(pubsub);
    const tracking = new Tracking({
      posts,
      clientOf: (connection) => clients.find(connection),
      connection: (id) => acceptor.connections[id],
      clientById: (id) => clients.byId(id),
      isResp3: ({ connection }) => acceptor.records.protocol(connection) === PROTOCOL_RESP3,
      maxKeys: () => config.current.trackingTableMaxKeys,
      onClasses: () => keyNotes.update(),
    });
    config.on('tracking-table-max-keys', () => queueMicrotask(() => tracking.trim()));
    const keyNotes = new KeyNotes([notifications, tracking], () => {
      dispatcher.listen(keyNotes.classes !== 0);
      tellShards();
    });
    for (const port of ports) port.onKeyNotes = keyNotes.take;
    clients.onClosed = (client) => {
      blocked.end(client, 'closed');
      tracking.disable(client);
      if (client.subscriber !== undefined) pubsub.unsubscribeAll(client.subscriber);
    };
    const pause = new Pause({
      blocked,
      now,
      onChange: (mode) => {
        engine.exports.setPaused(mode === undefined ? 0 : COMMAND_WRITE);
        acceptor.holdAll(mode === 'all');
      },
    });
    const counters = new Counters(ports, engine, clients, stats, () => ({
      in: this.#listener.bytesRead + this.#memcachedListener.bytesRead + this.#udp.bytesRead,
      out: this.#listener.bytesWritten + this.#memcachedListener.bytesWritten + this.#udp.bytesWritten,
      reads: this.#listener.reads + this.#memcachedListener.reads,
    }));
    this.parts = {
      config,
      log,
      acceptor,
      dispatcher,
      internal,
      ports,
      clients,
      now,
      since: now(),
      runId: randomBytes(20).toString('hex'),
      stats,
      slowLog,
      latency,
      counters,
      sampler: new Sampler(counters),
      pause,
      blocked,
      pubsub,
      posts,
      keyNotes,
      tracking,
      addresses: () => this.#addresses,
      isStopping: () => this.#stopping !== undefined,
      recoveries: () => this.supervisor,
      shutDown: () => this.#endBySelf(0),
    };
    const router = new CommandRouter(this.parts, HANDLERS, spread);
    this.#memcached = new MemcachedCommands(this.parts, () => this.#udp.counts);
    const tellShards = watchSettings(config, internal, engine, () => keyNotes.classes);
    notifications.choose(config.current.notifyKeyspaceEvents);
    keyNotes.update();
    config.on('notify-keyspace-events', (letters) => {
      notifications.choose(letters);
      keyNotes.update();
    });
    watchOptions(this.parts);

    const guard = new UdpGuard({
      replyFactor: () => config.current.udpReplyFactor,
      rate: () => config.current.udpRate,
      trustLoopback: () => config.current.udpTrustLoopback,
      now,
    });
    this.#udp = new UdpListener({
      acceptor,
      guard,
      isClosed: () => config.current.requirepass !== '' || this.#stopping !== undefined,
      isProtected: () => config.current.protectedMode,
    });
    const listening: Omit<TcpOptions, 'flags' | 'refusal'> = {
      backlog: config.current.tcpBacklog,
      keepAlive: () => config.current.tcpKeepalive,
      refuse: (socket) => clients.refuse(socket),
      opened: (connection) => {
        clients.opened(connection);
        guard.opened(connection.socket.remoteAddress);
      },
      ended: (connection) => {
        const client = clients.find(connection);
        if (client !== undefined && blocked.has(client)) clients.close(client);
        else acceptor.end(connection);
      },
      closed: (connection, address) => {
        clients.closed(connection);
        guard.closed(address);
      },
    };
    this.#listener = new TcpListener(acceptor, {
      ...listening,
      refusal: (error) => `-${error}\r\n`,
      flags: () => clients.flags(),
    });
    this.#memcachedListener = new TcpListener(acceptor, {
      ...listening,
      refusal: (error) => `SERVER_ERROR ${error}\r\n`,
      flags: () => clients.flags() | CONN_MEMCACHED | CONN_UNDECIDED,
    });
    this.supervisor = new Supervisor({
      log,
      dispatcher,
      internal,
      connections: () => acceptor.connections,
      empty: (shard) => initShard(memories.shards[shard] as Engine, shard, config, key, now(), keyNotes.classes),
      start: (shard) => this.#pool.start(shard),
      restartLimit: () => config.current.restartLimit,
      giveUp: (reason) => this.#endBySelf(1, reason),
      now,
    });
    dispatcher.onDirectFailure = (port, failure) => this.supervisor.onDirectFailure(port, failure);
    this.#pool = new ShardPool({
      module,
      memories: memories.all,
      onFailure: (shard, error) => this.supervisor.onFailure(shard, error),
    });
    for (const port of ports) this.#pool.start(port.shard);
    this.#reviews = setInterval(() => this.#review(), REVIEW_MS);
  }

  /** Where it listens. */
  get addresses(): readonly Address[] {
    return this.#addresses;
  }

  /** Where it listens for memcached's clients; nowhere if that is off. */
  get memcachedAddresses(): readonly Address[] {
    return this.#memcachedAddresses;
  }

  /** Where it takes datagrams of theirs. */
  get udpAddresses(): readonly Address[] {
    return this.#udpAddresses;
  }

  async #listen(): Promise<void> {
    const { config, log } = this.#options;
    const { port, bind, memcachedPort, memcachedUdpPort, udpBind } = config.current;
    this.#addresses = await listenOn(this.#listener, bind, port);
    if (this.#addresses.length === 0) throw new Error('none of the addresses to bind to is available');
    this.#memcachedAddresses = await this.#listenIfFree(this.#memcachedListener, bind, memcachedPort, MEMCACHED_PORT);
    const tcpPort = this.#memcachedAddresses[0]?.port ?? 0;
    // Where there is no TCP, nobody expects UDP; unless it is asked for.
    const udpPort = memcachedUdpPort === AUTO && tcpPort === 0 ? 0 : memcachedUdpPort;
    this.#udpAddresses = await this.#listenIfFree(this.#udp, udpBind, udpPort, tcpPort);
    if (this.#udpAddresses.length !== 0 && config.current.requirepass !== '') {
      log.notice('UDP requests are refused while there is a password: datagrams have none');
    }
  }

  /** Listens on a port; `auto` stands for `usual`, which can be done without if somebody else has it. */
  async #listenIfFree(
    listener: Listener,
    bind: Config['bind'],
    port: number | typeof AUTO,
    usual: number,
  ): Promise<readonly Address[]> {
    if (port === 0) return [];
    try {
      return await listenOn(listener, bind, port === AUTO ? usual : port);
    } catch (error) {
      if (port !== AUTO || !isTaken(error)) throw error;
      listener.close();
      const kind = listener === this.#udp ? 'UDP port' : 'Port';
      this.#options.log.notice(`${kind} ${usual} is taken: going on without memcached's protocols there`);
      return [];
    }
  }

  /** Where it serves HTTP. */
  get httpAddresses(): readonly Address[] {
    return this.#http?.addresses ?? [];
  }

  /** Whoever has no use for HTTP does not pay for loading it. */
  async #startHttp(): Promise<void> {
    if (this.#options.config.current.httpPort === 0) return;
    const { startHttp } = await import('./http/index.js');
    this.#http = await startHttp(this.parts);
  }

  #review(): void {
    const now = this.parts.now();
    this.parts.acceptor.time = now;
    this.parts.sampler.tick(now);
    this.parts.clients.review();
  }

  #endBySelf(exitCode: number, reason?: string): void {
    void this.stop().then(() => this.#options.onEnd?.(exitCode, reason));
  }

  /** Accepts no more, finishes what was received, closes everything. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  async #stop(): Promise<void> {
    const { config } = this.#options;
    this.#listener.close();
    this.#memcachedListener.close();
    this.#memcached.stop();
    const until = Date.now() + config.current.shutdownTimeout * 1000;
    await this.#http?.stop(until);
    this.parts.pause.end();
    // Calls of this very turn have been made too.
    await Promise.resolve();
    this.parts.dispatcher.readFeeds();
    for (const { connection } of this.parts.clients) connection.stopReading();
    this.parts.dispatcher.turn();
    while (!this.#isIdle() && Date.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, STOP_LOOK_MS));
    }
    clearInterval(this.#reviews);
    this.#udp.close();
    for (const { connection } of this.parts.clients) connection.socket.destroy();
    await this.#pool.stop();
  }

  /** Whether all that was received has been answered, and the answers sent. */
  #isIdle(): boolean {
    if (this.parts.dispatcher.outstanding !== 0 || this.#udp.isBusy) return false;
    for (const { connection } of this.parts.clients) {
      if (connection.isBusy) return false;
    }
    return true;
  }
}

/** What CONFIG SET changes beyond what is looked up when it is needed. */
function watchOptions({ config, clients, acceptor, slowLog, stats }: ServerParts): void {
  const most = roomForClients(config.current);
  config.on('maxclients', (count) => {
    if (count > most) throw new Error(`the server can't handle so many clients: at most ${most}, or a restart`);
  });
  config.on('maxmemory', (bytes) => {
    const { shards } = config.current;
    const limit = shards * SHARD_MAX_BYTES;
    if (bytes > limit)
      throw new Error(`at most ${formatMemory(limit)} with ${shards === 1 ? '1 shard' : `${shards} shards`}`);
  });
  config.on('requirepass', (password) => {
    // Whoever waits to be let in is in; whoever was in stays.
    if (password !== '') return;
    for (const { connection } of clients) acceptor.records.setFlag(connection, CONN_AUTHENTICATED, true);
  });
  config.on('slowlog-max-len', () => queueMicrotask(() => slowLog.trim()));
  config.on('latency-tracking', (on) => stats.track(on));
  stats.track(config.current.latencyTracking);
}

function roomForClients({ maxclients }: Config): number {
  return Math.max(maxclients, CLIENTS_MAX);
}

/** What listens on addresses. */
interface Listener {
  listen(host: string, port: number): Promise<number>;
  close(): void;
}

/** Listens on addresses. With port 0 the system chooses one for the first address, and the others get the same. */
async function listenOn(listener: Listener, bind: Config['bind'], port: number): Promise<readonly Address[]> {
  const addresses: Address[] = [];
  let given = port;
  for (const { host, optional } of listenAddresses(bind)) {
    try {
      given = await listener.listen(host, given);
      addresses.push({ host, port: given });
    } catch (error) {
      if (!optional || !isMissingAddress(error)) throw error;
    }
  }
  return addresses;
}

function isTaken(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'EADDRINUSE' || code === 'EACCES';
}

/** An address that this machine does not have, such as ::1 where IPv6 is off. */
function isMissingAddress(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  return code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT' || code === 'ENOTFOUND';
}

function hashKey(seed: string): HashKey {
  const bytes = seed === '' ? randomBytes(16) : Buffer.from(seed, 'hex');
  return [bytes.readBigInt64LE(0), bytes.readBigInt64LE(8)];
}

function makeMemories(module: WebAssembly.Module, config: LiveConfig, key: HashKey, now: number): Memories {
  const { shards: count } = config.current;
  const all: WebAssembly.Memory[] = [];
  try {
    for (let i = 0; i <= count; i++) all.push(reserveMemory());
  } catch {
    throw new Error(`too little address space for ${count} shards: each reserves 4 GiB`);
  }
  const [acceptor, ...shards] = all.map((memory) => new Engine(module, memory)) as [Engine, ...Engine[]];
  const most = roomForClients(config.current);
  const connections = most + SPARE_CONNECTIONS;
  if (acceptor.exports.initAcceptor(count, connections, READ_BYTES, ACCEPTOR_BYTES / PAGE, ...key) === 0) {
    throw new Error(`too little memory for ${most} clients`);
  }
  acceptor.writeTables();
  for (const [i, shard] of shards.entries()) {
    initShard(shard, i, config, key, now);
    shard.writeTables();
  }
  applyToAcceptor(config, acceptor);
  return { all, acceptor, shards };
}

function takeRoom(engine: Engine, bytes: number): number {
  return engine.exports.takeRoom(bytes) >>> 0;
}
