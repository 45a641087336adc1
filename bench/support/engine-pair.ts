/** The engine without a server: an acceptor's memory that frames requests, and a shard's that executes them. */
import {
  CONN_AUTHENTICATED,
  compileEngine,
  DIRECT_IN,
  DIRECT_OUT,
  DIRECT_OUT_SIZE,
  Engine,
  FRAMED_ALL,
  POLICY_NONE,
  REPLY_BYTES,
  REPLY_COUNT,
  REPLY_HEADER,
  reserveMemory,
} from './built.js';

const READ_BYTES = 64 * 1024;
/** For requests that are prepared. */
const ROOM_BYTES = 24 * 1024 * 1024;
const LIMIT_PAGES = (3 * 1024 ** 3) / 4096;
const RESERVE_PAGES = 1024;
const MAX_BULK = 512 * 1024 * 1024;
const KEY = [0x0123456789abcdefn, 0x1032547698badcfen] as const;

export class EnginePair {
  readonly module = compileEngine();
  readonly acceptor = new Engine(this.module, reserveMemory());
  readonly shard = new Engine(this.module, reserveMemory());
  readonly #room: number;

  constructor(connections = 1) {
    const { exports } = this.acceptor;
    if (exports.initAcceptor(1, connections + 1, READ_BYTES, LIMIT_PAGES, ...KEY) === 0) {
      throw new Error('too little memory for the connections');
    }
    this.acceptor.writeTables();
    for (let id = 1; id <= connections; id++) exports.openConnection(id, CONN_AUTHENTICATED);
    this.#room = exports.takeRoom(ROOM_BYTES) >>> 0;
    this.shard.exports.initShard(0, 1, 16, LIMIT_PAGES, RESERVE_PAGES, Date.now(), ...KEY);
    this.shard.exports.configure(LIMIT_PAGES, RESERVE_PAGES, POLICY_NONE, 0, MAX_BULK, 0);
    this.shard.writeTables();
  }

  /**
   * Puts requests into the acceptor's memory, in the place of those before, as reads of sockets do; returns where. So
   * what is measured does not begin with a copy.
   */
  place(requests: Uint8Array): number {
    if (requests.byteLength > ROOM_BYTES) throw new Error(`there is room for ${ROOM_BYTES} bytes of requests`);
    this.acceptor.bytes.set(requests, this.#room);
    return this.#room;
  }

  /** Frames requests of connection `id`; the batch is staged. Returns the number of requests. */
  frame(start: number, end: number, id = 1): number {
    const { exports } = this.acceptor;
    const result = exports.frameResp(exports.recordOf(id) >>> 0, id, start, end);
    if (result !== FRAMED_ALL) throw new Error(`framing has stopped: ${result}`);
    return exports.replyCount();
  }

  /** What is staged. */
  get staged(): { readonly start: number; readonly end: number } {
    const { exports } = this.acceptor;
    return { start: exports.areaStart(0) >>> 0, end: exports.areaNext(0) >>> 0 };
  }

  dropStaged(): void {
    this.acceptor.exports.emptyArea(0);
  }

  /** Executes one batch of one connection, as the acceptor does on an idle shard; returns the bytes of its record. */
  execute(batch: Uint8Array, nowMs: number): number {
    const { bytes, exports } = this.shard;
    bytes.set(batch, DIRECT_IN);
    return exports.execute(DIRECT_IN, DIRECT_IN + batch.byteLength, DIRECT_OUT, DIRECT_OUT + DIRECT_OUT_SIZE, nowMs);
  }

  /** Frames and executes; what the engine does for requests from their bytes to the replies'. */
  serve(start: number, end: number, nowMs: number): number {
    this.frame(start, end);
    const staged = this.staged;
    const written = this.execute(this.acceptor.bytes.subarray(staged.start, staged.end), nowMs);
    this.dropStaged();
    return written;
  }

  /** Replies of the last `execute`, and their text. */
  get replies(): { readonly count: number; readonly text: string } {
    const { halves, unsigned, bytes } = this.shard;
    const start = DIRECT_OUT + REPLY_HEADER;
    const length = unsigned[(DIRECT_OUT + REPLY_BYTES) >> 2] as number;
    return {
      count: halves[(DIRECT_OUT + REPLY_COUNT) >> 1] as number,
      text: Buffer.from(bytes.slice(start, start + length)).toString('latin1'),
    };
  }
}
