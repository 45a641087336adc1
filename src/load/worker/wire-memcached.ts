/** Requests of memcached's text protocol. */
import { WRITE_END_LINE, WRITE_SCAN_LINE } from '../engine/layout.js';
import { textOf } from '../plan/template.js';
import type { Word } from '../plan/workload.js';
import type { ProgramWriter } from './program-writer.js';
import type { Wire } from './wire.js';

/** Above it, a time is a date (doc/protocol.txt, "Expiration times"). */
const RELATIVE_MOST = 30 * 24 * 3600;

export function memcachedWire(ttl: number | undefined, nowSeconds: number): Wire {
  const exptime = ttl === undefined ? 0 : ttl > RELATIVE_MOST ? Math.floor(nowSeconds) + ttl : ttl;
  return {
    read: (writer) => writer.text('get ').key().text('\r\n'),
    write: (writer) => writer.text('set ').key().text(` 0 ${exptime} `).valueLength().text('\r\n').value().text('\r\n'),
    scan: (writer, keys) => writer.text('get').scan(WRITE_SCAN_LINE, keys, 1).text('\r\n'),
    command: writeCommand,
    isBodiless: () => false,
  };
}

/** A last word that is nothing but a value is the data block: the line has its length. */
function writeCommand(writer: ProgramWriter, words: readonly Word[]): void {
  const last = words.at(-1) ?? [];
  const [only] = last;
  const hasData = words.length > 1 && last.length === 1 && only?.kind === 'value';
  const line = hasData ? words.slice(0, -1) : words;
  const isMeasured = hasData && only.base64 === true;
  const lengthAt = hasData && !isMeasured ? placeOfLength(line) : -1;
  for (const [i, word] of line.entries()) {
    if (i > 0) writer.text(' ');
    for (const segment of word) writer.segment(segment);
    if (hasData && i + 1 === lengthAt) writer.text(' ').valueLength(only.bytes);
  }
  if (isMeasured) writer.measured(WRITE_END_LINE, () => writer.segment(only));
  else if (hasData) writer.text('\r\n').value(only.bytes).text('\r\n');
  else writer.text('\r\n');
}

/** Behind how many words: `ms key LENGTH flags`, `cas key flags exptime LENGTH unique`, the end in all others. */
function placeOfLength(line: readonly Word[]): number {
  const name = textOf(line[0]);
  return name === 'ms' ? Math.min(2, line.length) : name === 'cas' ? Math.min(4, line.length) : line.length;
}
