/**
 * Client-side caching: tells clients which of the keys that they may have copies of have changed. The engine notes what
 * clients read and what changes, shard by shard in the order in which it happens (engine/notify.ts).
 *
 * What a client reads and a change of it may come close together. A client is told of the change behind the reply that
 * may hold the old value: what it is to be told waits until all has been answered that it had asked for by then.
 */
import {
  CLASS_EVICTED,
  CLASS_EXPIRED,
  CLASS_GENERIC,
  CLASS_READ,
  CLASS_STRING,
  NOTE_READ,
} from '../../engine/layout/note.js';
import type { KeyNote } from '../../message/notes.js';
import type { Client } from '../client.js';
import type { Answering, Connection } from '../connection.js';
import type { NoteReader } from '../keys/key-notes.js';
import type { Name } from '../pubsub/delivery.js';
import type { Posts } from '../pubsub/posts.js';
import { brokenRedirectText, invalidationText, type Keys } from './messages.js';
import { Prefixes } from './prefixes.js';
import { TrackingTable } from './table.js';

/** How a client wants to be told. */
export interface TrackingMode {
  /** Number of the client that is told instead; 0: itself. */
  readonly redirect: number;
  readonly broadcast: boolean;
  /** Only what is read right behind CLIENT CACHING YES; or all but what is read behind CLIENT CACHING NO. */
  readonly optIn: boolean;
  readonly optOut: boolean;
  /** Not of what it has changed itself. */
  readonly noLoop: boolean;
}

export interface TrackingState extends TrackingMode {
  /** Of a client that is told of all keys that begin so. */
  readonly prefixes: Set<Name>;
  /** CLIENT CACHING was called, and the command that it is about has not come yet. */
  caching: boolean;
  /** There was something to tell a client that has gone. */
  isBroken: boolean;
  /** What it is told when something has been answered, in order. */
  readonly waiting: { readonly keys: Keys; readonly behind: Answering }[];
}

export interface TrackingOptions {
  readonly posts: Posts;
  readonly clientOf: (connection: Connection | undefined) => Client | undefined;
  readonly connection: (id: number) => Connection | undefined;
  readonly clientById: (id: number) => Client | undefined;
  /** PROTOCOL_RESP3 or not. */
  readonly isResp3: (client: Client) => boolean;
  /** Most keys that are remembered; 0: any number. */
  readonly maxKeys: () => number;
  /** Called when other notes are wanted than before. */
  readonly onClasses: () => void;
}

const CHANGES = CLASS_GENERIC | CLASS_STRING | CLASS_EXPIRED | CLASS_EVICTED;

export class Tracking implements NoteReader {
  readonly #options: TrackingOptions;
  /** Clients that track, by number. */
  readonly #clients = new Map<number, Client>();
  readonly #table = new TrackingTable();
  readonly #prefixes = new Prefixes();
  #scheduled = false;

  constructor(options: TrackingOptions) {
    this.#options = options;
  }

  get classes(): number {
    return this.#clients.size === 0 ? 0 : CHANGES | CLASS_READ;
  }

  get clients(): number {
    return this.#clients.size;
  }

  /** Keys in the table, pairs of a key and a client in it, and prefixes. */
  get figures(): { readonly keys: number; readonly items: number; readonly prefixes: number } {
    return { keys: this.#table.size, items: this.#table.items, prefixes: this.#prefixes.size };
  }

  /** Begins, or changes how; a client that broadcasts keeps the prefixes that it has. */
  enable(client: Client, mode: TrackingMode, prefixes: readonly Name[]): void {
    const own = client.tracking?.prefixes ?? new Set<Name>();
    const waiting = client.tracking?.waiting ?? [];
    client.tracking = { ...mode, prefixes: own, caching: false, isBroken: false, waiting };
    for (const prefix of mode.broadcast && prefixes.length === 0 ? [''] : prefixes) {
      own.add(prefix);
      this.#prefixes.add(prefix, client);
    }
    this.#clients.set(client.id, client);
    client.connection.onAnswered = () => this.#tellWaiting(client);
    this.#options.onClasses();
  }

  disable(client: Client): void {
    if (client.tracking === undefined) return;
    for (const prefix of client.tracking.prefixes) this.#prefixes.remove(prefix, client);
    client.tracking = undefined;
    client.connection.onAnswered = undefined;
    this.#clients.delete(client.id);
    this.#options.onClasses();
  }

  note({ event, connection, key }: KeyNote): void {
    const by = connection === 0 ? undefined : this.#options.clientOf(this.#options.connection(connection));
    if (key === undefined) {
      if (event !== NOTE_READ) this.forgetAll();
      return;
    }
    const name = nameOf(key);
    if (event !== NOTE_READ) this.#changed(name, by);
    else if (by?.tracking !== undefined) this.remember(by, name);
  }

  /** A client has read a key, or is about to. */
  remember(client: Client, key: Name): void {
    this.#table.add(key, client.id);
    this.trim();
  }

  /** Forgets what there is no room for, as if it had changed. */
  trim(): void {
    const most = this.#options.maxKeys();
    if (most === 0) return;
    while (this.#table.size > most) this.#invalidate(this.#table.oldest() as Name, undefined);
  }

  #changed(key: Name, by: Client | undefined): void {
    if (this.#prefixes.size !== 0 && this.#prefixes.note(key, by)) this.#broadcastLater();
    this.#invalidate(key, by);
  }

  #invalidate(key: Name, by: Client | undefined): void {
    for (const id of this.#table.take(key)) {
      const client = this.#clients.get(id);
      if (client?.tracking === undefined || client.tracking.broadcast) continue;
      if (client !== by || !client.tracking.noLoop) this.#tell(client, [key]);
    }
  }

  /** Of several changes in a turn clients are told at once. */
  #broadcastLater(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    queueMicrotask(() => {
      this.#scheduled = false;
      this.#prefixes.tellAll((client, keys) => this.#tell(client, keys));
    });
  }

  /** All keys are gone: every client must forget all that it has. */
  forgetAll(): void {
    this.#table.clear();
    for (const client of this.#clients.values()) this.#tell(client, null);
  }

  #tell(client: Client, keys: Keys): void {
    const state = client.tracking as TrackingState;
    const behind = client.connection.answering;
    if (state.redirect !== 0) this.#tellOther(client, state, keys);
    else if (behind !== undefined) state.waiting.push({ keys, behind });
    else this.#tellSelf(client, keys);
  }

  #tellWaiting(client: Client): void {
    const waiting = client.tracking?.waiting ?? [];
    for (let first = waiting[0]; first !== undefined; first = waiting[0]) {
      if (!client.connection.hasAnswered(first.behind)) return;
      waiting.shift();
      this.#tellSelf(client, first.keys);
    }
  }

  /** In RESP2 nothing can be said without being asked. */
  #tellSelf(client: Client, keys: Keys): void {
    if (this.#options.isResp3(client)) this.#post(client, invalidationText(keys, true));
  }

  #tellOther(client: Client, state: TrackingState, keys: Keys): void {
    const target = this.#options.clientById(state.redirect);
    if (target === undefined || target.connection.endsAfterReply) {
      state.isBroken = true;
      if (this.#options.isResp3(client)) this.#post(client, brokenRedirectText(state.redirect));
      return;
    }
    const isResp3 = this.#options.isResp3(target);
    if (isResp3 || target.isSubscribed) this.#post(target, invalidationText(keys, isResp3));
  }

  #post({ connection }: Client, bytes: Buffer): void {
    connection.post({ bytes, start: 0, end: bytes.length }, this.#options.posts);
  }
}

export function nameOf(key: Uint8Array): Name {
  return Buffer.from(key.buffer, key.byteOffset, key.byteLength).toString('latin1');
}
