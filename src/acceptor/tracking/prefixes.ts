/** Clients that want to know of every change of keys with a prefix, and the keys that have changed in this turn. */
import type { Client } from '../client.js';
import type { Name } from '../pubsub/delivery.js';

interface Prefix {
  readonly clients: Set<Client>;
  /** Who has changed each key last; undefined: nobody. */
  readonly keys: Map<Name, Client | undefined>;
}

export class Prefixes {
  readonly #prefixes = new Map<Name, Prefix>();

  get size(): number {
    return this.#prefixes.size;
  }

  add(name: Name, client: Client): void {
    const prefix = this.#prefixes.get(name) ?? { clients: new Set(), keys: new Map() };
    this.#prefixes.set(name, prefix);
    prefix.clients.add(client);
  }

  remove(name: Name, client: Client): void {
    const prefix = this.#prefixes.get(name);
    prefix?.clients.delete(client);
    if (prefix?.clients.size === 0) this.#prefixes.delete(name);
  }

  /** A key has changed; whether anybody is to be told. */
  note(key: Name, by: Client | undefined): boolean {
    let any = false;
    for (const [name, { keys }] of this.#prefixes) {
      if (!key.startsWith(name)) continue;
      keys.set(key, by);
      any = true;
    }
    return any;
  }

  /** Calls `tell` for each client with the keys that it is to be told of, and forgets them. */
  tellAll(tell: (client: Client, keys: readonly Name[]) => void): void {
    for (const { clients, keys } of this.#prefixes.values()) {
      if (keys.size === 0) continue;
      const all = [...keys.keys()];
      for (const client of clients) {
        const isOwnTold = client.tracking?.noLoop !== true;
        const told = isOwnTold ? all : all.filter((key) => keys.get(key) !== client);
        if (told.length !== 0) tell(client, told);
      }
      keys.clear();
    }
  }
}
