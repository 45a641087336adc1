/** Which clients may have copies of which keys, by their numbers. Clients that have gone stay until the key goes. */
import type { Name } from '../pubsub/delivery.js';

/** Most keys are read by one client: its number stands alone. */
type Readers = number | Set<number>;

export class TrackingTable {
  readonly #readers = new Map<Name, Readers>();
  /** Pairs of a key and a client. */
  items = 0;

  get size(): number {
    return this.#readers.size;
  }

  add(key: Name, client: number): void {
    const readers = this.#readers.get(key);
    if (readers === client) return;
    if (readers === undefined) {
      this.#readers.set(key, client);
    } else if (typeof readers === 'number') {
      this.#readers.set(key, new Set([readers, client]));
    } else {
      if (readers.has(client)) return;
      readers.add(client);
    }
    this.items++;
  }

  /** Takes a key out; its readers. */
  take(key: Name): readonly number[] {
    const readers = this.#readers.get(key);
    if (readers === undefined) return [];
    this.#readers.delete(key);
    const all = typeof readers === 'number' ? [readers] : [...readers];
    this.items -= all.length;
    return all;
  }

  /** The key that has been in it for the longest time. */
  oldest(): Name | undefined {
    return this.#readers.keys().next().value;
  }

  clear(): void {
    this.#readers.clear();
    this.items = 0;
  }
}
