/** Strict readers of requests, as servers are. They throw at anything that is not as it should be. */

/** Redis commands: arrays of bulk strings. */
export function parseCommands(bytes: Buffer): Buffer[][] {
  const commands: Buffer[][] = [];
  let at = 0;
  const line = (type: string): number => {
    const end = bytes.indexOf('\r\n', at);
    const text = end < 0 ? '' : bytes.toString('latin1', at, end);
    const [, number] = /^.(0|[1-9]\d*)$/.exec(text) ?? [];
    if (!text.startsWith(type) || number === undefined)
      throw new Error(`expected ${type} at ${at}: ${text.slice(0, 40)}`);
    at = end + 2;
    return Number(number);
  };
  while (at < bytes.length) {
    const words = line('*');
    if (words === 0) throw new Error('an empty command');
    commands.push(
      Array.from({ length: words }, () => {
        const length = line('$');
        const word = bytes.subarray(at, at + length);
        at += length;
        if (bytes.toString('latin1', at, at + 2) !== '\r\n') throw new Error(`no line end at ${at}`);
        at += 2;
        return word;
      }),
    );
  }
  return commands;
}

export interface HttpRequest {
  readonly line: string;
  readonly fields: ReadonlyMap<string, string>;
  readonly body: Buffer;
}

export function parseHttp(bytes: Buffer): HttpRequest[] {
  const requests: HttpRequest[] = [];
  let at = 0;
  while (at < bytes.length) {
    const end = bytes.indexOf('\r\n\r\n', at);
    if (end < 0) throw new Error('a head without end');
    const [line = '', ...rest] = bytes.toString('latin1', at, end).split('\r\n');
    if (!/^[A-Z]+ \/\S* HTTP\/1\.1$/.test(line)) throw new Error(`not a request line: ${line}`);
    const fields = new Map(
      rest.map((field) => {
        const [, name = '', value = ''] = /^([\w-]+): (\S.*)$/.exec(field) ?? [];
        if (name === '') throw new Error(`not a field: ${field}`);
        return [name.toLowerCase(), value] as const;
      }),
    );
    if (fields.size !== rest.length) throw new Error('a field that comes twice');
    const length = Number(fields.get('content-length') ?? 0);
    const from = end + 4;
    if (!(from + length <= bytes.length)) throw new Error('a body that is cut off');
    requests.push({ line, fields, body: bytes.subarray(from, from + length) });
    at = from + length;
  }
  return requests;
}

export function countCommands(bytes: Buffer | undefined): number {
  return bytes === undefined ? 0 : parseCommands(bytes).length;
}

/** A reply with a value, or with none. */
export function bulk(content: Buffer | undefined): Buffer {
  if (content === undefined) return Buffer.from('$-1\r\n');
  return Buffer.concat([Buffer.from(`$${content.length}\r\n`), content, Buffer.from('\r\n')]);
}
