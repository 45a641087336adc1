/**
 * PUBLISH and SPUBLISH without detours: the message goes from the framer's memory into the text for the subscribers, and
 * the reply waits for the end of the turn like the messages. What is not ordinary about a request is left to the command
 * (commands/pubsub.ts).
 */
import { performance } from 'node:perf_hooks';
import { type Command, commandById, commandId } from '../../commands/table.js';
import { ARG_EXTERNAL, FRAME_COMMAND, FRAME_HEADER } from '../../engine/layout/batch.js';
import type { Engine } from '../../wasm/engine.js';
import type { Connection } from '../connection.js';
import type { Name } from './delivery.js';
import type { Posts } from './posts.js';
import type { PubSub } from './registry.js';

export interface QuickPublishOptions {
  readonly engine: Engine;
  readonly pubsub: PubSub;
  readonly posts: Posts;
  /** Whether the connection may publish just so: it is not subscribed in RESP2, and clients are not paused. */
  readonly isOrdinary: (connection: Connection) => boolean;
  /** Counts and times what was done; `words` are the request's. */
  readonly note: (command: Command, connection: Connection, micros: number, words: () => string[]) => void;
}

/** A look at the clock costs as much as publishing to a few: of these, one in so many is timed. */
const TIME_EVERY = 16;
const MANY = 64;

const PUBLISH = commandId('publish');
const SPUBLISH = commandId('spublish');
const COMMANDS = { [PUBLISH]: commandById(PUBLISH) as Command, [SPUBLISH]: commandById(SPUBLISH) as Command };

export class QuickPublish {
  readonly #options: QuickPublishOptions;
  /** The framer's memory. */
  readonly #bytes: Buffer;
  /** The channel of the last message: often that of the next one too. */
  #channel = '';
  #untimed = 0;
  /** What the last one took, in microseconds, and how many it told. */
  #micros = 0;
  #told = 0;

  constructor(options: QuickPublishOptions) {
    this.#options = options;
    this.#bytes = Buffer.from(options.engine.memory.buffer);
  }

  #nameAt(at: number, length: number): Name {
    const name = this.#channel;
    let same = name.length === length;
    for (let i = 0; same && i < length; i++) same = this.#bytes[at + i] === name.charCodeAt(i);
    if (!same) this.#channel = this.#bytes.toString('latin1', at, at + length);
    return this.#channel;
  }

  /** Answers the request in the frame at that address; false if it is another one, or not an ordinary one. */
  take(connection: Connection, frame: number): boolean {
    const { engine, pubsub, posts, isOrdinary, note } = this.#options;
    const { halves, unsigned } = engine;
    const id = halves[(frame + FRAME_COMMAND) >> 1] as number;
    if ((id !== PUBLISH && id !== SPUBLISH) || !isOrdinary(connection)) return false;
    const channelAt = frame + FRAME_HEADER + 4;
    const channelBytes = unsigned[(channelAt - 4) >> 2] as number;
    if ((channelBytes & ARG_EXTERNAL) !== 0) return false;
    const start = channelAt + ((channelBytes + 3) & ~3) + 4;
    const length = unsigned[(start - 4) >> 2] as number;
    if ((length & ARG_EXTERNAL) !== 0) return false;
    const isTimed = this.#told >= MANY || ++this.#untimed === TIME_EVERY;
    const began = isTimed ? performance.now() : 0;
    const channel = this.#nameAt(channelAt, channelBytes);
    const end = start + length;
    const told =
      id === PUBLISH
        ? pubsub.publish(channel, this.#bytes, start, end)
        : pubsub.publishToShard(channel, this.#bytes, start, end);
    if (!connection.muted) connection.post(posts.integer(told), posts);
    this.#told = told;
    if (isTimed) {
      this.#untimed = 0;
      this.#micros = (performance.now() - began) * 1000;
    }
    const command = COMMANDS[id] as Command;
    note(command, connection, this.#micros, () => [
      command.name,
      this.#bytes.toString('utf8', channelAt, channelAt + channelBytes),
      this.#bytes.toString('utf8', start, end),
    ]);
    return true;
  }
}
