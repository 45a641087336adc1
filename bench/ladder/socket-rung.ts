/** The upper rung: the server in a process of its own, and clients in another one, over the loopback interface. */
import { Generator } from '../server/generator/client.js';
import { type RunningServer, ringshardCommand, startServer } from '../support/servers.js';
import { CONNECTIONS } from './ring-rung.js';
import { type Command, KEY_PREFIX, VALUE_BYTES } from './workload.js';

const WARMUP_SECONDS = 0.1;

export class SocketRung {
  readonly #server: RunningServer;
  readonly #generator: Generator;

  static async start(dispatch: 'auto' | 'ring', keys: number): Promise<SocketRung> {
    const options = ['--shards', '1', '--dispatch', dispatch, '--maxmemory', '3gb'];
    const rung = new SocketRung(await startServer(ringshardCommand(dispatch, options)));
    await rung.#generator.run({
      kind: 'fill',
      port: rung.#server.port,
      keys: { prefix: KEY_PREFIX, count: keys },
      valueBytes: VALUE_BYTES,
      options: [],
    });
    return rung;
  }

  private constructor(server: RunningServer) {
    this.#server = server;
    this.#generator = new Generator();
  }

  /** Commands a second, and whether the generator, not the server, was the limit. */
  async climb(
    command: Command,
    depth: number,
    keys: number,
    seconds: number,
  ): Promise<{ perSecond: number; bounded: boolean }> {
    const outcome = await this.#generator.run({
      kind: 'closed-loop',
      port: this.#server.port,
      pid: this.#server.pid,
      command,
      keys: { prefix: KEY_PREFIX, count: keys },
      valueBytes: VALUE_BYTES,
      connections: CONNECTIONS,
      pipeline: depth,
      seconds,
      warmupSeconds: WARMUP_SECONDS,
    });
    const { requests, own } = outcome;
    return { perSecond: requests / outcome.seconds, bounded: own.cpuSeconds / outcome.seconds > 0.93 };
  }

  async stop(): Promise<void> {
    await this.#generator.close();
    await this.#server.stop();
  }
}
