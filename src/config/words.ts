/**
 * Words of a line, quoted as in redis.conf and redis-cli. The work is done on bytes, because an escape such as `\xc3`
 * is one byte of a character.
 */
const BACKSLASH = 0x5c;
const DOUBLE_QUOTE = 0x22;
const SINGLE_QUOTE = 0x27;

const ESCAPES: ReadonlyMap<string, number> = new Map([
  ['n', 0x0a],
  ['r', 0x0d],
  ['t', 0x09],
  ['b', 0x08],
  ['a', 0x07],
]);

/** The words of a line, or undefined when a quote is not closed or something follows a closing quote. */
export function splitWords(line: string): string[] | undefined {
  const bytes = Buffer.from(line);
  const words: string[] = [];
  let at = 0;
  for (;;) {
    while (isSpace(bytes[at])) at++;
    if (at >= bytes.length) return words;
    const word: number[] = [];
    const end = readWord(bytes, at, word);
    if (end === undefined) return undefined;
    words.push(Buffer.from(word).toString());
    at = end;
  }
}

/** Appends the word at `at` to `word` and returns where it ends. Quotes may also open in the middle of a word. */
function readWord(bytes: Buffer, at: number, word: number[]): number | undefined {
  for (; at < bytes.length && !isSpace(bytes[at]); at++) {
    const byte = bytes[at] as number;
    if (byte === DOUBLE_QUOTE || byte === SINGLE_QUOTE) {
      const end = byte === DOUBLE_QUOTE ? readDoubleQuoted(bytes, at + 1, word) : readSingleQuoted(bytes, at + 1, word);
      return end === undefined || (end < bytes.length && !isSpace(bytes[end])) ? undefined : end;
    }
    word.push(byte);
  }
  return at;
}

function readDoubleQuoted(bytes: Buffer, at: number, word: number[]): number | undefined {
  for (; at < bytes.length; at++) {
    const byte = bytes[at] as number;
    if (byte === DOUBLE_QUOTE) return at + 1;
    if (byte !== BACKSLASH || at + 1 >= bytes.length) {
      word.push(byte);
      continue;
    }
    const escaped = bytes.toString('latin1', at + 1, at + 4);
    const hex = /^x[0-9a-f]{2}$/i.test(escaped);
    const plain = ESCAPES.get(escaped[0] as string) ?? (bytes[at + 1] as number);
    word.push(hex ? Number.parseInt(escaped.slice(1), 16) : plain);
    at += hex ? 3 : 1;
  }
  return undefined;
}

/** The only escape here is `\'`. */
function readSingleQuoted(bytes: Buffer, at: number, word: number[]): number | undefined {
  for (; at < bytes.length; at++) {
    if (bytes[at] === SINGLE_QUOTE) return at + 1;
    if (bytes[at] === BACKSLASH && bytes[at + 1] === SINGLE_QUOTE) at++;
    word.push(bytes[at] as number);
  }
  return undefined;
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || (byte !== undefined && byte >= 0x09 && byte <= 0x0d);
}

/** The word in double quotes, so that `splitWords` gives it back and it stays on one line. */
export function quoteWord(word: string): string {
  let quoted = '';
  for (const byte of Buffer.from(word)) {
    if (byte === BACKSLASH || byte === DOUBLE_QUOTE) quoted += `\\${String.fromCharCode(byte)}`;
    else if (byte >= 0x20 && byte < 0x7f) quoted += String.fromCharCode(byte);
    else quoted += `\\x${byte.toString(16).padStart(2, '0')}`;
  }
  return `"${quoted}"`;
}

/** As it is where that is plain, else in quotes. */
export function quoteIfNeeded(word: string): string {
  return /^[!#-&(-[\]-~]+$/.test(word) ? word : quoteWord(word);
}
