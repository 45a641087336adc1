import { describe, expect, it } from 'vitest';
import { RequestWriter, type Word } from '../../../../src/acceptor/local/request-writer.js';

function written(...requests: Word[][]): Buffer {
  const pieces: Uint8Array[] = [];
  const writer = new RequestWriter((bytes) => pieces.push(bytes));
  for (const words of requests) writer.add(words);
  writer.flush();
  return Buffer.concat(pieces);
}

function plain(words: readonly Word[]): Buffer {
  const parts = words.map((word) => (typeof word === 'object' ? Buffer.from(word) : Buffer.from(String(word))));
  const bytes = parts.flatMap((part) => [Buffer.from(`$${part.length}\r\n`), part, Buffer.from('\r\n')]);
  return Buffer.concat([Buffer.from(`*${words.length}\r\n`), ...bytes]);
}

describe('RequestWriter', () => {
  it('writes strings, numbers and bytes', () => {
    const words: Word[] = ['SET', 'k\u00e9y\u{1f600}', 12, -1.5, 2n ** 70n, Buffer.from([0, 255])];
    expect(written(words)).toEqual(plain(words));
  });

  it('writes words of every length around the ends of its pieces', () => {
    const requests: Word[][] = [];
    for (let length = 0; length < 20_000; length += 61) {
      requests.push(['A', 'x'.repeat(length), Buffer.alloc(length, 'y'), '\u00e9'.repeat(length >> 1)]);
    }
    expect(written(...requests).equals(Buffer.concat(requests.map(plain)))).toBe(true);
  });
});
