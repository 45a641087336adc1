import { describe, expect, it } from 'vitest';
import { MEMCACHED_TEXTS } from '../../../src/commands/memcached-texts.js';
import { encodeLines, encodeTexts, TEXTS } from '../../../src/commands/texts.js';

describe('the texts', () => {
  it('are whole lines of the protocol, but for those that something follows', () => {
    for (const [name, text] of Object.entries(TEXTS)) {
      if (Object.hasOwn(MEMCACHED_TEXTS, name)) expect(text.endsWith('\r\n')).toBe(!name.startsWith('MC_BINARY_'));
      else if (name === 'UNSUPPORTED_OPTION') expect(text).toBe('-ERR Unsupported option ');
      else expect(text).toMatch(/^(?:[+][A-Za-z]+|-[A-Z]+ [^\r\n]+|\$\d+\r\n[a-z]*|\*0)\r\n$/);
    }
  });

  it('begin with the one that is needed when nothing else goes', () => {
    expect(Object.keys(TEXTS)[0]).toBe('OUT_OF_MEMORY');
  });

  it('are encoded behind an index', () => {
    expect([...encodeLines(['ab', '', 'c'])]).toEqual([12, 0, 2, 0, 14, 0, 0, 0, 14, 0, 1, 0, 0x61, 0x62, 0x63]);
  });

  it('can all be read back', () => {
    const region = encodeTexts();
    const view = new DataView(region.buffer);
    const read = Object.keys(TEXTS).map((_, i) => {
      const offset = view.getUint16(i * 4, true);
      return Buffer.from(region.subarray(offset, offset + view.getUint16(i * 4 + 2, true))).toString();
    });
    expect(read).toEqual(Object.values(TEXTS));
  });

  it('must fit into their region and be ASCII', () => {
    expect(() => encodeLines(['x'.repeat(16 * 1024)])).toThrow('the texts take 16388 bytes');
    expect(() => encodeLines(['é'])).toThrow('not ASCII');
  });
});
