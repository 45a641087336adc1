/** Requests as clients write them, and where replies end. */

export type Arg = string | number | Uint8Array;

export function bytesOf(arg: Arg): Uint8Array {
  return arg instanceof Uint8Array ? arg : Buffer.from(String(arg), 'latin1');
}

/** A request as an array of bulk strings. */
export function request(...args: readonly Arg[]): Buffer {
  const pieces: Uint8Array[] = [Buffer.from(`*${args.length}\r\n`)];
  for (const arg of args) {
    const bytes = bytesOf(arg);
    pieces.push(Buffer.from(`$${bytes.byteLength}\r\n`), bytes, Buffer.from('\r\n'));
  }
  return Buffer.concat(pieces);
}

/** Where the reply that begins at `at` ends, -1 if it has not arrived in full. Throws at what is no RESP. */
export function endOfReply(bytes: Uint8Array, at: number): number {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const cr = buffer.indexOf('\r\n', at);
  if (cr < 0) return -1;
  const line = buffer.toString('latin1', at + 1, cr);
  const next = cr + 2;
  switch (String.fromCharCode(buffer[at] as number)) {
    case '$':
    case '=':
    case '!': {
      const end = line === '-1' ? next : next + Number(line) + 2;
      return end <= buffer.length ? end : -1;
    }
    case '*':
    case '~':
    case '>':
      return endOfElements(buffer, next, Number(line));
    case '%':
      return endOfElements(buffer, next, Number(line) * 2);
    case '+':
    case '-':
    case ':':
    case '_':
    case ',':
    case '#':
    case '(':
      return next;
    default:
      throw new Error(`no reply: ${JSON.stringify(buffer.toString('latin1', at, at + 80))}`);
  }
}

function endOfElements(buffer: Buffer, at: number, count: number): number {
  let end = at;
  for (let i = 0; i < count && end >= 0; i++) end = endOfReply(buffer, end);
  return end;
}

/** The elements of a flat array, each as the bytes of its reply. */
export function elementsOf(reply: Buffer): Buffer[] {
  const elements: Buffer[] = [];
  for (let at = reply.indexOf('\r\n') + 2; at < reply.length; ) {
    const end = endOfReply(reply, at);
    if (end < 0) throw new Error('the reply is cut off');
    elements.push(reply.subarray(at, end));
    at = end;
  }
  return elements;
}

/** The bytes of a bulk string's reply. */
export function bulkBytes(reply: Buffer): Buffer {
  return reply.subarray(reply.indexOf('\r\n') + 2, reply.length - 2);
}
