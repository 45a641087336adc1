/** Text to bytes and back without TextEncoder, which this folder's environment need not have. */

/** The bytes of a text; throws when it is not plain ASCII. */
export function asciiBytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 0x7f) throw new Error(`not ASCII: ${text}`);
    bytes[i] = code;
  }
  return bytes;
}

/** One character for each byte. Names and options are ASCII, so it is good enough to compare with them. */
export function latin1(word: string | Uint8Array): string {
  if (typeof word === 'string') return word;
  let text = '';
  for (const byte of word) text += String.fromCharCode(byte);
  return text;
}
