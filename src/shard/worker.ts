/** The Piscina task that is a shard: it returns when it is told to stop. Loaded in a worker thread. */
import { Engine } from '../wasm/engine.js';
import { systemClock } from './clock.js';
import { DutyCycle } from './duty-cycle.js';

export interface ShardTask {
  readonly shard: number;
  readonly module: WebAssembly.Module;
  /** All memories by number: the acceptor's is 0, shard k's is k + 1. */
  readonly memories: readonly WebAssembly.Memory[];
}

export default function runShard({ shard, module, memories }: ShardTask): void {
  const memory = memories[shard + 1] as WebAssembly.Memory;
  new DutyCycle(new Engine(module, memory), memories, systemClock(memory)).run();
}
