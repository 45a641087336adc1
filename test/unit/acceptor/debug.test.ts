import { describe, expect, it } from 'vitest';
import { keyDigest, valueDigest } from '../../../src/acceptor/commands/debug/digest.js';
import { serializedLength } from '../../../src/acceptor/commands/debug/object.js';
import { protocolReply } from '../../../src/acceptor/commands/debug/protocol.js';
import { HELP_HANDLERS } from '../../../src/acceptor/commands/help.js';
import { drawRing } from '../../../src/acceptor/commands/lolwut.js';
import { encodeReply } from '../../../src/acceptor/resp.js';
import { PUBLIC_COMMANDS } from '../../../src/commands/table.js';
import { PROTOCOL_RESP2, PROTOCOL_RESP3 } from '../../../src/engine/layout/batch.js';
import { Failure } from '../../../src/message/value.js';

function item(key: string, value: string, expiry = 0, type = 1) {
  return { key: Buffer.from(key), value: Buffer.from(value), expiry, type };
}

describe('DEBUG DIGEST', () => {
  it('is of keys, databases and values, and of whether they expire but not when', () => {
    const one = keyDigest(0, item('a', 'b'));
    const others = [keyDigest(1, item('a', 'b')), keyDigest(0, item('ab', '')), keyDigest(0, item('a', 'b', 9))];
    for (const other of others) expect(other).not.toEqual(one);
    expect(keyDigest(0, item('a', 'b', 8))).toEqual(others[2]);
  });

  it('is zero for nothing', () => {
    expect(valueDigest(item('a', '', 0, 0))).toEqual(Buffer.alloc(20));
    expect(keyDigest(3, item('a', '', 0, 0))).toEqual(Buffer.alloc(20));
  });
});

describe('DEBUG OBJECT', () => {
  it.each([
    ['int', 1, 2],
    ['int', 10, 5],
    ['embstr', 5, 6],
    ['raw', 100, 102],
    ['raw', 20000, 20005],
  ])('serializes %s of %i bytes in %i', (encoding, bytes, length) => {
    expect(serializedLength(encoding, bytes)).toBe(length);
  });
});

describe('DEBUG PROTOCOL', () => {
  const wire = (type: string, protocol: number) => encodeReply(protocolReply(type, protocol), protocol).toString();

  it.each([
    ['double', ',3.141\r\n', '$5\r\n3.141\r\n'],
    ['null', '_\r\n', '$-1\r\n'],
    ['set', '~3\r\n:0\r\n:1\r\n:2\r\n', '*3\r\n:0\r\n:1\r\n:2\r\n'],
    ['map', '%3\r\n:0\r\n#f\r\n:1\r\n#t\r\n:2\r\n#f\r\n', '*6\r\n:0\r\n:0\r\n:1\r\n:1\r\n:2\r\n:0\r\n'],
    ['TRUE', '#t\r\n', ':1\r\n'],
    ['verbatim', '=29\r\ntxt:This is a verbatim\nstring\r\n', '$25\r\nThis is a verbatim\nstring\r\n'],
  ])('answers with %s in both protocols', (type, resp3, resp2) => {
    expect(wire(type, PROTOCOL_RESP3)).toBe(resp3);
    expect(wire(type, PROTOCOL_RESP2)).toBe(resp2);
  });

  it('puts a reply behind what is none', () => {
    expect(wire('attrib', PROTOCOL_RESP3)).toMatch(/^\|1\r\n[\s\S]*:90\r\n\$39\r\nSome real reply/);
    expect(wire('push', PROTOCOL_RESP3)).toMatch(/^>2\r\n[\s\S]*:42\r\n\$40\r\nSome real reply/);
    expect(protocolReply('push', PROTOCOL_RESP2)).toBeInstanceOf(Failure);
    expect(protocolReply('constructor', PROTOCOL_RESP3)).toBeInstanceOf(Failure);
  });
});

describe('HELP', () => {
  it('is there for every command with subcommands', () => {
    const containers = PUBLIC_COMMANDS.filter(({ subcommands }) => subcommands.size > 0).map(({ name }) => name);
    expect(Object.keys(HELP_HANDLERS).sort()).toEqual(containers.map((name) => `${name}|help`).sort());
  });
});

describe('LOLWUT', () => {
  it('gives each shard a shade', () => {
    const shades = (shards: number) => new Set(drawRing(shards, 0.5).replace(/\s/g, ''));
    expect(shades(1).size).toBe(1);
    expect(shades(5).size).toBe(5);
  });
});
