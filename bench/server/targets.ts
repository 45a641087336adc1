/** What ringshard is to reach against Redis on the same machine in the same run, and what it aims at. */

export interface Target {
  readonly text: string;
  /** The figure, and ringshard's variant. */
  readonly figure: string;
  readonly server: string;
  /** `ratio`: against the peer's; `value`: as it is, in the figure's unit. */
  readonly of: 'ratio' | 'value';
  readonly better: 'higher' | 'lower';
  readonly atLeast: number;
  readonly aim: number;
}

type Limits = Pick<Target, 'of' | 'better' | 'atLeast' | 'aim'>;

function timesFaster(atLeast: number, aim: number): Limits {
  return { of: 'ratio', better: 'higher', atLeast, aim };
}

function shareOf(atLeast: number, aim: number): Limits {
  return { of: 'ratio', better: 'lower', atLeast, aim };
}

function below(atLeast: number, aim: number): Limits {
  return { of: 'value', better: 'lower', atLeast, aim };
}

/** The same for GET and for SET. `{generator}` becomes redis-benchmark where that is installed. */
function both(
  text: string,
  size: number,
  pipeline: number,
  quantity: string,
  server: string,
  limits: Limits,
): Target[] {
  return ['get', 'set'].map((command) => ({
    text: `${text}, ${command.toUpperCase()}`,
    figure: `throughput/${command}-${size}-p${pipeline}/${quantity}/{generator}`,
    server,
    ...limits,
  }));
}

export const TARGETS: readonly Target[] = [
  ...both('throughput, auto, 1 shard, 64 B, pipeline 16', 64, 16, 'per-second', 'auto-1', timesFaster(1.6, 2)),
  ...both('throughput, auto, 1 shard, 64 B, pipeline 64', 64, 64, 'per-second', 'auto-1', timesFaster(2, 2.5)),
  ...both('throughput, auto, 1 shard, 1 KiB, pipeline 16', 1024, 16, 'per-second', 'auto-1', timesFaster(1.3, 1.6)),
  ...both('throughput, auto, 1 shard, 64 B, no pipeline', 64, 1, 'per-second', 'auto-1', timesFaster(1, 1.15)),
  ...both('CPU per request, auto, 1 shard, 64 B, no pipeline', 64, 1, 'cpu', 'auto-1', shareOf(0.9, 0.75)),
  ...both('throughput, ring, 1 shard, 64 B, pipeline 16', 64, 16, 'per-second', 'ring-1', timesFaster(1.1, 1.4)),
  ...both('throughput, auto, 4 shards, 64 B, pipeline 16', 64, 16, 'per-second', 'auto-4', timesFaster(1.2, 1.6)),
  {
    text: 'resident bytes per item, no TTL',
    figure: 'memory/no-ttl/resident',
    server: 'auto-1',
    ...shareOf(0.65, 0.55),
  },
  { text: 'resident bytes per item, TTL', figure: 'memory/ttl/resident', server: 'auto-1', ...shareOf(0.65, 0.55) },
  { text: 'GET p99.9 beside KEYS *', figure: 'slow-command/p999', server: 'auto-1', ...shareOf(1 / 20, 1 / 100) },
  { text: 'active expiry: all gone after (ms)', figure: 'expiry/gone', server: 'auto-1', ...below(2000, 1000) },
  { text: 'active expiry: GET p99.9 meanwhile (us)', figure: 'expiry/p999', server: 'auto-1', ...below(5000, 2000) },
];
