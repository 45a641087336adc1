/**
 * Keyspace notifications: what becomes of keys, as messages on two channels, as far as `notify-keyspace-events` asks
 * for it.
 *
 *   __keyspace@<database>__:<key>     event       K
 *   __keyevent@<database>__:<event>   key         E
 */
import {
  CLASS_EVICTED,
  CLASS_EXPIRED,
  CLASS_GENERIC,
  CLASS_MISS,
  CLASS_NEW,
  CLASS_STRING,
  NOTE_APPEND,
  NOTE_COPY_TO,
  NOTE_DEL,
  NOTE_EVICTED,
  NOTE_EXPIRE,
  NOTE_EXPIRED,
  NOTE_INCRBY,
  NOTE_INCRBYFLOAT,
  NOTE_MISS,
  NOTE_MOVE_FROM,
  NOTE_MOVE_TO,
  NOTE_NEW,
  NOTE_PERSIST,
  NOTE_RENAME_FROM,
  NOTE_RENAME_TO,
  NOTE_SET,
  NOTE_SETBIT,
  NOTE_SETRANGE,
} from '../../engine/layout/note.js';
import type { KeyNote } from '../../message/notes.js';
import type { PubSub } from '../pubsub/registry.js';
import type { NoteReader } from './key-notes.js';

const EVENT_NAMES: ReadonlyMap<number, string> = new Map([
  [NOTE_DEL, 'del'],
  [NOTE_EXPIRE, 'expire'],
  [NOTE_PERSIST, 'persist'],
  [NOTE_RENAME_FROM, 'rename_from'],
  [NOTE_RENAME_TO, 'rename_to'],
  [NOTE_MOVE_FROM, 'move_from'],
  [NOTE_MOVE_TO, 'move_to'],
  [NOTE_COPY_TO, 'copy_to'],
  [NOTE_SET, 'set'],
  [NOTE_APPEND, 'append'],
  [NOTE_INCRBY, 'incrby'],
  [NOTE_INCRBYFLOAT, 'incrbyfloat'],
  [NOTE_SETRANGE, 'setrange'],
  [NOTE_SETBIT, 'setbit'],
  [NOTE_EXPIRED, 'expired'],
  [NOTE_EVICTED, 'evicted'],
  [NOTE_NEW, 'new'],
  [NOTE_MISS, 'keymiss'],
]);

/** Classes by their letters; those of types that do not exist have no events. */
const CLASSES: Readonly<Record<string, number>> = {
  g: CLASS_GENERIC,
  $: CLASS_STRING,
  x: CLASS_EXPIRED,
  e: CLASS_EVICTED,
  n: CLASS_NEW,
  m: CLASS_MISS,
  A: CLASS_GENERIC | CLASS_STRING | CLASS_EXPIRED | CLASS_EVICTED,
};

interface Event {
  readonly name: string;
  readonly bytes: Buffer;
}

const EVENTS: ReadonlyMap<number, Event> = new Map(
  [...EVENT_NAMES].map(([event, name]) => [event, { name, bytes: Buffer.from(name) }]),
);

export class KeyspaceNotifications implements NoteReader {
  readonly #pubsub: PubSub;
  #byKey = false;
  #byEvent = false;
  /** Classes of events that are published. */
  classes = 0;

  constructor(pubsub: PubSub) {
    this.#pubsub = pubsub;
  }

  /** Takes the letters of `notify-keyspace-events`. */
  choose(letters: string): void {
    this.#byKey = letters.includes('K');
    this.#byEvent = letters.includes('E');
    const chosen = [...letters].reduce((classes, letter) => classes | (CLASSES[letter] ?? 0), 0);
    this.classes = this.#byKey || this.#byEvent ? chosen : 0;
  }

  note({ event: number, database, key: bytes }: KeyNote): void {
    const event = EVENTS.get(number);
    if (event === undefined || bytes === undefined) return;
    const key = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (this.#byKey) {
      const channel = `__keyspace@${database}__:${key.toString('latin1')}`;
      this.#pubsub.publish(channel, event.bytes, 0, event.bytes.length);
    }
    if (this.#byEvent) this.#pubsub.publish(`__keyevent@${database}__:${event.name}`, key, 0, key.length);
  }
}
