/** Requests of the Redis protocol. */
import { WRITE_END_RESP, WRITE_SCAN_RESP } from '../engine/layout.js';
import type { Segment, Word } from '../plan/workload.js';
import type { ProgramWriter } from './program-writer.js';
import type { Wire } from './wire.js';

const KEY: Word = [{ kind: 'key' }];
const VALUE: Word = [{ kind: 'value' }];

function words(...texts: string[]): Word[] {
  return texts.map((text) => [{ kind: 'text', text }]);
}

export function redisWire(ttl: number | undefined): Wire {
  const expiry = ttl === undefined ? [] : words('EX', String(ttl));
  return {
    read: (writer) => writeCommand(writer, [...words('GET'), KEY]),
    write: (writer) => writeCommand(writer, [...words('SET'), KEY, VALUE, ...expiry]),
    scan: (writer, keys) => writer.scan(WRITE_SCAN_RESP, keys, 16),
    command: writeCommand,
    isBodiless: () => false,
  };
}

/** An array of bulk strings. */
function writeCommand(writer: ProgramWriter, command: readonly Word[]): void {
  writer.text(`*${command.length}\r\n`);
  for (const word of command) writeArgument(writer, word);
}

function writeArgument(writer: ProgramWriter, word: Word): void {
  const [only] = word;
  const length = lengthOf(writer, word);
  if (length !== undefined) {
    writer.text(`$${length}\r\n`);
    for (const segment of word) writer.segment(segment);
    writer.text('\r\n');
  } else if (word.length === 1 && only?.kind === 'value' && only.base64 !== true) {
    writer.text('$').valueLength(only.bytes).text('\r\n').value(only.bytes).text('\r\n');
  } else {
    writer.measured(WRITE_END_RESP, () => {
      for (const segment of word) writer.segment(segment);
    });
  }
}

/** Bytes of a word that is always of the same length; undefined for others. */
function lengthOf(writer: ProgramWriter, word: readonly Segment[]): number | undefined {
  let length = 0;
  for (const segment of word) {
    if (segment.kind === 'text') length += Buffer.byteLength(segment.text);
    else if (segment.kind === 'key' && segment.base64 !== true) length += writer.keyLength;
    else return undefined;
  }
  return length;
}
