/** What the benchmarks use of ringshard's inside: as it was built, since that is what runs. */
export { ShardPort } from '../../dist/acceptor/shard-port.js';
export { CONN_AUTHENTICATED, FRAMED_ALL } from '../../dist/engine/layout/connection.js';
export { DIRECT_IN, DIRECT_OUT, DIRECT_OUT_SIZE } from '../../dist/engine/layout/memory.js';
export { POLICY_NONE } from '../../dist/engine/layout/policy.js';
export {
  REPLY_BYTES,
  REPLY_CONNECTION,
  REPLY_COUNT,
  REPLY_FLAGS,
  REPLY_HEADER,
  REPLY_LAST,
} from '../../dist/engine/layout/reply.js';
export { RING_PAD } from '../../dist/engine/layout/ring.js';
export { compileLoadEngine, LoadEngine } from '../../dist/load/worker/load-engine.js';
export { Doorbell } from '../../dist/ring/doorbell.js';
export { RingConsumer, type RingMemory, RingProducer, recordSize } from '../../dist/ring/ring.js';
export { DOORBELL, heartbeat } from '../../dist/ring/shard-rings.js';
export { ShardPool } from '../../dist/shard/pool.js';
export { Engine, reserveMemory } from '../../dist/wasm/engine.js';
export { compileEngine } from '../../dist/wasm/load.js';
