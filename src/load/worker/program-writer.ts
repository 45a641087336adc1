/** Puts a program together: the instructions that write a request (engine/layout.ts), and the most bytes it takes. */
import {
  INSTRUCTION_A,
  INSTRUCTION_SIZE,
  INSTRUCTION_X,
  INSTRUCTION_Y,
  VALUE_DRAWN,
  WRITE_BEGIN,
  WRITE_INT,
  WRITE_KEY,
  WRITE_KEY_BASE64,
  WRITE_SEQUENCE,
  WRITE_TEXT,
  WRITE_VALUE,
  WRITE_VALUE_BASE64,
  WRITE_VALUE_LENGTH,
} from '../engine/layout.js';
import type { Segment } from '../plan/workload.js';
import type { LoadEngine } from './load-engine.js';

/** Decimal digits of a 64-bit number, with sign. */
const NUMBER_MOST = 21;
/** What is put before a part whose length is only known behind it, and copying that goes too far. */
const SLOP = 96;

export interface KeyForm {
  readonly prefix: Buffer;
  readonly digits: number;
}

/** Bytes of the values that are drawn. */
export interface ValueRange {
  readonly least: number;
  readonly most: number;
}

export interface Program {
  readonly address: number;
  readonly length: number;
  readonly room: number;
}

interface Instruction {
  readonly code: number;
  readonly a: number;
  readonly x: number;
  readonly y: number;
}

export class ProgramWriter {
  readonly #engine: LoadEngine;
  readonly #key: KeyForm;
  readonly #values: ValueRange;
  readonly #instructions: Instruction[] = [];
  #text: Buffer[] = [];
  #room = SLOP;

  constructor(engine: LoadEngine, key: KeyForm, values: ValueRange) {
    this.#engine = engine;
    this.#key = key;
    this.#values = values;
  }

  get keyLength(): number {
    return this.#key.prefix.length + this.#key.digits;
  }

  text(text: string | Buffer): this {
    this.#text.push(Buffer.from(text));
    return this;
  }

  key(base64 = false): this {
    if (base64) return this.#add(WRITE_KEY_BASE64, 0, 0, 0, base64Length(this.keyLength));
    return this.text(this.#key.prefix).#add(WRITE_KEY, 0, 0, 0, this.#key.digits);
  }

  value(bytes = this.#fixedBytes, base64 = false): this {
    const most = bytes ?? this.#values.most;
    const code = base64 ? WRITE_VALUE_BASE64 : WRITE_VALUE;
    return this.#add(code, bytes ?? VALUE_DRAWN, 0, 0, base64 ? base64Length(most) : most);
  }

  valueLength(bytes = this.#fixedBytes): this {
    // A length that never changes is text like any other.
    return bytes === undefined
      ? this.#add(WRITE_VALUE_LENGTH, VALUE_DRAWN, 0, 0, NUMBER_MOST)
      : this.text(String(bytes));
  }

  /** Of values that all have the same size. */
  get #fixedBytes(): number | undefined {
    const { least, most } = this.#values;
    return least === most ? most : undefined;
  }

  segment(segment: Segment): this {
    switch (segment.kind) {
      case 'text':
        return this.text(segment.text);
      case 'key':
        return this.key(segment.base64);
      case 'value':
        return this.value(segment.bytes, segment.base64);
      case 'int':
        return this.#add(WRITE_INT, 0, segment.least, segment.most, NUMBER_MOST);
      case 'sequence':
        return this.#add(WRITE_SEQUENCE, 0, 0, 0, NUMBER_MOST);
    }
  }

  /** What the callback writes gets its length before it: WRITE_END_... says how. */
  measured(end: number, write: () => void): this {
    this.#add(WRITE_BEGIN, 0, 0, 0, SLOP);
    write();
    return this.#add(end, 0, 0, 0, SLOP);
  }

  /** Keys of a scan, `room` bytes each. */
  scan(code: number, keys: number, room: number): this {
    return this.#add(code, 0, 0, 0, keys * (this.keyLength + room) + SLOP);
  }

  #add(code: number, a: number, x: number, y: number, room: number): this {
    this.#flush();
    this.#instructions.push({ code, a, x, y });
    this.#room += room;
    return this;
  }

  #flush(): void {
    if (this.#text.length === 0) return;
    const text = Buffer.concat(this.#text);
    this.#text = [];
    if (text.length === 0) return;
    this.#instructions.push({ code: WRITE_TEXT, a: this.#engine.keep(text), x: text.length, y: 0 });
    this.#room += text.length;
  }

  end(): Program {
    this.#flush();
    const { words, doubles, exports } = this.#engine;
    const length = this.#instructions.length;
    const address = exports.allocate(length * INSTRUCTION_SIZE) >>> 0;
    for (const [i, { code, a, x, y }] of this.#instructions.entries()) {
      const at = address + i * INSTRUCTION_SIZE;
      words[at >>> 2] = code;
      words[(at + INSTRUCTION_A) >>> 2] = a;
      doubles[(at + INSTRUCTION_X) >>> 3] = x;
      doubles[(at + INSTRUCTION_Y) >>> 3] = y;
    }
    return { address, length, room: this.#room };
  }
}

function base64Length(bytes: number): number {
  return Math.ceil(bytes / 3) * 4;
}
