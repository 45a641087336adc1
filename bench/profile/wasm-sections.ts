/** The little of the Wasm binary format that finding names takes. */

const CUSTOM = 0;
const CODE = 10;
const HEADER_BYTES = 8;
/** Of the section of names: those of functions. */
const FUNCTION_NAMES = 1;

class Reader {
  readonly #bytes: Uint8Array;
  #at: number;

  constructor(bytes: Uint8Array, at = 0) {
    this.#bytes = bytes;
    this.#at = at;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#bytes.length;
  }

  byte(): number {
    return this.#bytes[this.#at++] as number;
  }

  /** LEB128, unsigned. */
  number(): number {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte();
      value |= (byte & 0x7f) << shift;
      if ((byte & 0x80) === 0) return value >>> 0;
    }
  }

  take(length: number): Uint8Array {
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  text(): string {
    return Buffer.from(this.take(this.number())).toString();
  }
}

function* sectionsOf(binary: Uint8Array): Generator<{ readonly id: number; readonly bytes: Uint8Array }> {
  const reader = new Reader(binary, HEADER_BYTES);
  while (!reader.isAtEnd) {
    const id = reader.byte();
    yield { id, bytes: reader.take(reader.number()) };
  }
}

/** The section with the functions' code. */
export function codeOf(binary: Uint8Array): Uint8Array {
  for (const { id, bytes } of sectionsOf(binary)) if (id === CODE) return bytes;
  throw new Error('a module without code');
}

/** Names by the functions' numbers; none if the module was built without. */
export function functionNames(binary: Uint8Array): Map<number, string> {
  const names = new Map<number, string>();
  for (const { id, bytes } of sectionsOf(binary)) {
    const section = new Reader(bytes);
    if (id !== CUSTOM || section.text() !== 'name') continue;
    while (!section.isAtEnd) {
      const part = section.byte();
      const content = new Reader(section.take(section.number()));
      if (part !== FUNCTION_NAMES) continue;
      for (let left = content.number(); left > 0; left--) names.set(content.number(), content.text());
    }
  }
  return names;
}
