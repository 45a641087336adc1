import { nil, type Protocol } from './reply.js';

/** A key's string. `raw`: edited in place, which OBJECT ENCODING shows. */
export interface Entry {
  readonly value: Buffer;
  /** Milliseconds since 1970; undefined: it lasts. */
  readonly expiry: bigint | undefined;
  readonly raw: boolean;
}

/** A database: keys as text of one character a byte. */
export type Database = Map<string, Entry>;

/** The naive server: nothing but a map for each database. */
export class Model {
  readonly databases: Database[];
  selected = 0;
  protocol: Protocol = 2;
  now = 0n;

  constructor(databases: number) {
    this.databases = Array.from({ length: databases }, () => new Map());
  }

  get database(): Database {
    return this.databases[this.selected] as Database;
  }

  get nil(): Buffer {
    return nil(this.protocol);
  }

  /** What is at a key; what has expired is not there, and is forgotten. */
  get(key: string, database = this.database): Entry | undefined {
    const entry = database.get(key);
    if (entry === undefined || !this.isExpired(entry)) return entry;
    database.delete(key);
    return undefined;
  }

  isExpired({ expiry }: Entry): boolean {
    return expiry !== undefined && expiry <= this.now;
  }

  /** Stores a string without a time to expire. */
  put(key: string, value: Buffer, { expiry, raw = false }: { expiry?: bigint | undefined; raw?: boolean } = {}): void {
    this.database.set(key, { value, expiry, raw });
  }

  /** Replaces the string and keeps the time to expire. */
  edit(key: string, value: Buffer, raw: boolean): void {
    this.database.set(key, { value, expiry: this.get(key)?.expiry, raw });
  }

  valueOf(key: string): Buffer {
    return this.get(key)?.value ?? Buffer.alloc(0);
  }

  /** Keys that are there, and not expired. */
  live(): string[] {
    return [...this.database].filter(([, entry]) => !this.isExpired(entry)).map(([key]) => key);
  }
}
