/**
 * Replies as values, for commands that TypeScript answers. What RESP2 can't say is said the way Redis does: a map as
 * a flat array, a double as a string, a boolean as 0 or 1 (wire format: acceptor/resp.ts).
 */

/** A status such as OK: a simple string, without CR or LF. */
export class Status {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** An error: its first word is its code, such as ERR or WRONGTYPE. */
export class Failure {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** Text for a person: a verbatim string in RESP3. */
export class Verbatim {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** A set in RESP3, an array in RESP2. */
export class SetOf {
  readonly items: readonly Value[];
  constructor(items: readonly Value[]) {
    this.items = items;
  }
}

/** A floating-point number; a plain `number` is an integer. */
export class Double {
  readonly value: number;
  constructor(value: number) {
    this.value = value;
  }
}

/** A reply that is already written in the connection's protocol. */
export class Raw {
  readonly bytes: Uint8Array;
  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }
}

export type Value =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | Status
  | Failure
  | Verbatim
  | SetOf
  | Double
  | Raw
  | readonly Value[]
  | ReadonlyMap<Value, Value>;

export const OK = new Status('OK');
