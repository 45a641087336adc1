import { describe, expect, it } from 'vitest';
import { encodeTable } from '../../../src/commands/encode.js';
import { COMMANDS, commandId } from '../../../src/commands/table.js';
import {
  COMMAND_ANYWHERE,
  COMMAND_CURSOR,
  COMMAND_DENY_OOM,
  COMMAND_ENTRY,
  COMMAND_ID,
  COMMAND_LOCAL,
  COMMAND_NAME_LENGTH,
  COMMAND_NAME_MAX,
  COMMAND_NO_AUTH,
  COMMAND_SLOW,
  COMMAND_SPLIT_ARRAY,
  COMMAND_SPLIT_OK,
  COMMAND_SPLIT_SUM,
  COMMAND_WRITE,
} from '../../../src/engine/layout/command.js';

const table = encodeTable();

function bytesOf(name: string): Uint8Array {
  const id = commandId(name);
  const entry = table.find((encoded) => encoded.id === id);
  if (entry === undefined) throw new Error(`${name} is not in the table`);
  return entry.bytes;
}

/** The fields after the name, read at the offsets that the comment in layout/command.ts draws. */
function fields(name: string) {
  const bytes = bytesOf(name);
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  return {
    id: view.getUint16(24, true),
    arity: view.getInt16(26, true),
    flags: view.getUint16(28, true),
    keys: [view.getInt8(30), view.getInt8(31), view.getInt8(32)],
    length: view.getUint8(33),
    part: view.getUint16(34, true),
  };
}

/** What the engine makes of a client's word before it compares it: engine/wire/commands.ts. */
function asLookedUp(word: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(COMMAND_NAME_MAX);
  word.forEach((byte, i) => {
    bytes[i] = byte | 0x20;
  });
  return bytes;
}

describe('encodeTable', () => {
  it('writes an entry byte by byte', () => {
    expect([...bytesOf('get')]).toEqual([
      ...[0x67, 0x65, 0x74, ...new Array<number>(21).fill(0)],
      ...[commandId('get'), 0, 2, 0, 0, 0, 1, 1, 1, 3, 0, 0],
      ...[0, 0, 0, 0],
    ]);
  });

  it('encodes what a command is', () => {
    expect(fields('set')).toEqual({
      id: commandId('set'),
      arity: -3,
      flags: COMMAND_WRITE | COMMAND_DENY_OOM,
      keys: [1, 1, 1],
      length: 3,
      part: 0,
    });
    expect(fields('bitop').keys).toEqual([2, -1, 1]);
    expect(fields('mset').keys).toEqual([1, -1, 2]);
    expect(fields('ping').flags).toBe(COMMAND_ANYWHERE);
    expect(fields('hello').flags).toBe(COMMAND_LOCAL | COMMAND_NO_AUTH);
    expect(fields('client').flags).toBe(COMMAND_LOCAL);
    expect(fields('scan').flags).toBe(COMMAND_CURSOR);
    expect(fields('keys').flags).toBe(COMMAND_SLOW);
    expect(fields('flushall').flags).toBe(COMMAND_SLOW | COMMAND_WRITE);
  });

  it('says what a request over several shards is taken apart into', () => {
    expect(fields('del')).toMatchObject({ flags: COMMAND_WRITE | COMMAND_SPLIT_SUM, part: commandId('del') });
    expect(fields('exists')).toMatchObject({ flags: COMMAND_SPLIT_SUM, part: commandId('exists') });
    expect(fields('mget')).toMatchObject({ flags: COMMAND_SPLIT_ARRAY, part: commandId('mget|part') });
    expect(fields('mset').flags).toBe(COMMAND_WRITE | COMMAND_DENY_OOM | COMMAND_SPLIT_OK);
    expect(fields('get').part).toBe(0);
  });

  it('moves the keys of a subcommand to where they are in its frame', () => {
    expect(fields('object|encoding')).toMatchObject({ arity: 2, keys: [1, 1, 1] });
    expect(fields('memory|usage')).toMatchObject({ arity: -2, keys: [1, 1, 1] });
    expect(fields('mget|part')).toMatchObject({ arity: 2, keys: [1, 1, 1] });
    expect(fields('_hold')).toMatchObject({ arity: -4, keys: [3, -1, 1] });
    expect(fields('bitop|values')).toMatchObject({ keys: [2, 2, 1], flags: COMMAND_WRITE });
    expect(fields('array|header')).toMatchObject({ arity: 2, keys: [0, 0, 0] });
  });

  it('sets the bit of small letters in every byte of a name', () => {
    expect([...bytesOf('bitfield_ro').subarray(0, 12)]).toEqual([...Buffer.from('bitfield\x7fro\0', 'latin1')]);
  });

  it('has every entry once and in the right size', () => {
    expect(new Set(table.map((encoded) => encoded.id)).size).toBe(table.length);
    for (const { id, bytes } of table) {
      expect(bytes.length).toBe(COMMAND_ENTRY);
      const view = new DataView(bytes.buffer);
      expect(view.getUint16(COMMAND_ID, true)).toBe(id);
      expect(view.getUint8(COMMAND_NAME_LENGTH)).toBeLessThanOrEqual(COMMAND_NAME_MAX);
    }
  });

  it('leaves out only the subcommands that the engine never sees', () => {
    const ids = new Set(table.map((encoded) => encoded.id));
    const left = COMMANDS.filter((command) => !ids.has(command.id));
    expect(left.every((command) => command.container !== undefined && command.place === 'acceptor')).toBe(true);
    expect(left.map((command) => command.name)).toContain('config|get');
  });

  it('finds a command however a client writes it, and an internal one never', () => {
    const names = new Map(table.map(({ id, bytes }) => [Buffer.from(bytes.subarray(0, 24)).toString('hex'), id]));
    const find = (word: Uint8Array) => names.get(Buffer.from(asLookedUp(word)).toString('hex'));
    expect(names.size).toBe(table.length);
    expect(find(Buffer.from('GeT'))).toBe(commandId('get'));
    for (const command of COMMANDS) {
      const reachable = !command.internal && command.container === undefined;
      expect(find(Buffer.from(command.name))).toBe(reachable ? command.id : undefined);
      if (reachable || command.place === 'acceptor') continue;
      // Not even by the bytes of the entry itself, with whatever first byte.
      const bytes = Buffer.from(bytesOf(command.name).subarray(0, fields(command.name).length));
      for (let first = 0; first < 256; first++) {
        bytes[0] = first;
        expect(find(bytes)).toBeUndefined();
      }
    }
    expect(find(new Uint8Array(0))).toBeUndefined();
  });
});
