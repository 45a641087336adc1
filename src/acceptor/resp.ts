/** Writes values in RESP2 and RESP3, for the commands that the acceptor answers itself. */
import { PROTOCOL_RESP3 } from '../engine/layout/batch.js';
import { Double, Failure, Raw, SetOf, Status, type Value, Verbatim } from '../message/value.js';

const NO_LINE_END = /[\r\n]/g;

/** A value as bytes of the protocol (PROTOCOL_RESP2 or PROTOCOL_RESP3). */
export function encodeReply(value: Value, protocol: number): Buffer {
  const writer = new RespWriter(protocol === PROTOCOL_RESP3);
  writer.write(value);
  return writer.take();
}

class RespWriter {
  readonly #resp3: boolean;
  readonly #parts: Buffer[] = [];
  #text = '';

  constructor(resp3: boolean) {
    this.#resp3 = resp3;
  }

  take(): Buffer {
    this.#flush();
    return this.#parts.length === 1 ? (this.#parts[0] as Buffer) : Buffer.concat(this.#parts);
  }

  #flush(): void {
    if (this.#text === '') return;
    this.#parts.push(Buffer.from(this.#text, 'utf8'));
    this.#text = '';
  }

  #bytes(bytes: Uint8Array): void {
    this.#flush();
    this.#parts.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  }

  write(value: Value): void {
    if (value === null) this.#text += this.#resp3 ? '_\r\n' : '$-1\r\n';
    else if (typeof value === 'string') this.#bulk(value);
    else if (typeof value === 'number' || typeof value === 'bigint') this.#text += `:${value}\r\n`;
    else if (typeof value === 'boolean')
      this.#text += this.#resp3 ? `#${value ? 't' : 'f'}\r\n` : `:${value ? 1 : 0}\r\n`;
    else if (Array.isArray(value)) this.#all('*', value);
    else this.#writeObject(value as Exclude<typeof value, readonly Value[]>);
  }

  #writeObject(value: Exclude<Value, null | string | number | bigint | boolean | readonly Value[]>): void {
    if (value instanceof Status) this.#text += `+${value.text}\r\n`;
    else if (value instanceof Failure) this.#text += `-${value.text.replace(NO_LINE_END, ' ')}\r\n`;
    else if (value instanceof Uint8Array) this.#bulkBytes(value);
    else if (value instanceof Raw) this.#bytes(value.bytes);
    else if (value instanceof Double) this.#double(value.value);
    else if (value instanceof SetOf) this.#all(this.#resp3 ? '~' : '*', value.items);
    else if (value instanceof Verbatim) this.#verbatim(value.text);
    else this.#map(value as ReadonlyMap<Value, Value>);
  }

  #bulk(text: string): void {
    this.#text += `$${Buffer.byteLength(text)}\r\n${text}\r\n`;
  }

  #bulkBytes(bytes: Uint8Array): void {
    this.#text += `$${bytes.byteLength}\r\n`;
    this.#bytes(bytes);
    this.#text += '\r\n';
  }

  #verbatim(text: string): void {
    if (this.#resp3) this.#text += `=${Buffer.byteLength(text) + 4}\r\ntxt:${text}\r\n`;
    else this.#bulk(text);
  }

  #double(n: number): void {
    const text = Number.isFinite(n) ? String(n) : Number.isNaN(n) ? 'nan' : n > 0 ? 'inf' : '-inf';
    if (this.#resp3) this.#text += `,${text}\r\n`;
    else this.#bulk(text);
  }

  #all(mark: string, values: readonly Value[]): void {
    this.#text += `${mark}${values.length}\r\n`;
    for (const value of values) this.write(value);
  }

  #map(map: ReadonlyMap<Value, Value>): void {
    this.#text += this.#resp3 ? `%${map.size}\r\n` : `*${map.size * 2}\r\n`;
    for (const [key, value] of map) {
      this.write(key);
      this.write(value);
    }
  }
}
