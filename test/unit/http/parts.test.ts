/** The parts of the HTTP service that are functions. */
import { describe, expect, it } from 'vitest';
import { isKnownHost } from '../../../src/http/hosts.js';
import { formOf } from '../../../src/http/keys/accept.js';
import { conditionOf, etagOf, matches, TAGGED_MAX } from '../../../src/http/keys/etag.js';
import { mergePatch } from '../../../src/http/keys/merge-patch.js';
import { rangeOf } from '../../../src/http/keys/range.js';
import { MetricsText } from '../../../src/http/metrics/text.js';
import { isLetIn } from '../../../src/http/password.js';
import { decodeBytes } from '../../../src/http/target.js';

describe('mergePatch', () => {
  // The examples of RFC 7396, appendix A.
  it.each([
    [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
    [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
    [{ a: 'b' }, { a: null }, {}],
    [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
    [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
    [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
    [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
    [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
    [
      ['a', 'b'],
      ['c', 'd'],
      ['c', 'd'],
    ],
    [{ a: 'b' }, ['c'], ['c']],
    [{ a: 'foo' }, null, null],
    [{ a: 'foo' }, 'bar', 'bar'],
    [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    [[1, 2], { a: 'b', c: null }, { a: 'b' }],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
  ])('%j and %j make %j', (target, patch, result) => expect(mergePatch(target, patch)).toEqual(result));

  it('takes __proto__ for a member like any other', () => {
    const merged = mergePatch({}, JSON.parse('{"__proto__": {"polluted": true}}'));
    expect(JSON.stringify(merged)).toBe('{"__proto__":{"polluted":true}}');
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});

describe('rangeOf', () => {
  it.each([
    ['bytes=0-0', 10, { start: 0, end: 0 }],
    ['bytes=9-20', 10, { start: 9, end: 9 }],
    ['bytes=-99', 10, { start: 0, end: 9 }],
    ['bytes=-0', 10, 'none'],
    ['bytes=10-', 10, 'none'],
    ['bytes=0-', 0, 'none'],
    ['bytes=5-4', 10, undefined],
    ['bytes=-', 10, undefined],
    ['bytes=0-1,3-4', 10, undefined],
    ['items=0-1', 10, undefined],
  ] as const)('%s of %i', (header, length, range) => expect(rangeOf(header, length)).toEqual(range));
});

describe('entity tags', () => {
  it('name bytes', () => {
    expect(etagOf(Buffer.from('a'))).toBe(etagOf(Buffer.from('a')));
    expect(etagOf(Buffer.from('a'))).not.toBe(etagOf(Buffer.from('b')));
    expect(etagOf(Buffer.alloc(0))).toMatch(/^"[\w-]{22}"$/);
    expect(etagOf(Buffer.alloc(TAGGED_MAX + 1))).toBeUndefined();
  });

  it('are read from lists', () => {
    expect(conditionOf(undefined, 'If-Match')).toBeUndefined();
    expect(conditionOf(' * ', 'If-Match')).toBe('*');
    expect(conditionOf('"a", W/"b,c" ,""', 'If-Match')).toEqual(['"a"', 'W/"b,c"', '""']);
    for (const wrong of ['', 'a', '"a" b', '"a']) expect(() => conditionOf(wrong, 'If-Match')).toThrow(/no list/);
  });

  it('are compared weakly or strongly', () => {
    expect([matches(['W/"a"'], '"a"', true), matches(['W/"a"'], '"a"', false)]).toEqual([true, false]);
    expect([matches('*', undefined, false), matches(['"a"'], undefined, false)]).toEqual([true, false]);
  });
});

it.each([
  [undefined, 'bytes'],
  ['*/*', 'bytes'],
  ['application/json', 'json'],
  ['application/json, */*;q=0.1', 'json'],
  ['application/json;q=0.5, application/octet-stream', 'bytes'],
  ['text/html, application/xhtml+xml, */*;q=0.8', 'bytes'],
  ['application/*', 'bytes'],
  ['text/plain', 'bytes'],
  ['image/png', undefined],
  ['application/json;q=0', undefined],
] as const)('Accept: %s wants %s', (accept, form) => expect(formOf(accept)).toBe(form));

it('takes percent-encoded bytes', () => {
  expect(decodeBytes('a%2Fb%ff+%00')).toEqual(Buffer.from([0x61, 0x2f, 0x62, 0xff, 0x2b, 0]));
  for (const wrong of ['%', '%1', '%g0', 'a%zz']) expect(() => decodeBytes(wrong)).toThrow(/percent-encoded/);
});

it('knows its own names', () => {
  for (const name of ['localhost', 'a.localhost:80', '127.0.0.1', '[::1]:1', '[fe80::1]'])
    expect(isKnownHost(name, [])).toBe(true);
  for (const name of ['', 'localhost.evil', 'evil', '1.2.3', '127.0.0.1.nip.io', '[x]'])
    expect(isKnownHost(name, [])).toBe(false);
  expect([isKnownHost('A.B:9', ['a.b']), isKnownHost('anything', ['*'])]).toEqual([true, true]);
});

it('lets in who knows the password', () => {
  const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;
  for (const good of ['Bearer p:w', 'bearer p:w', basic('default:p:w'), basic(':p:w')])
    expect(isLetIn(good, 'p:w')).toBe(true);
  for (const bad of [undefined, '', 'Bearer', 'Bearer p', basic('p:w'), basic('root:p:w'), 'Digest p:w'])
    expect(isLetIn(bad, 'p:w')).toBe(false);
});

it("writes Prometheus's text", () => {
  const text = new MetricsText();
  text.add('gauge', 'a', 'An a', 1.5, { who: 'x"y\\z\n' });
  text.add('gauge', 'a', 'An a', Number.POSITIVE_INFINITY);
  expect(text.toString()).toBe('# HELP a An a\n# TYPE a gauge\na{who="x\\"y\\\\z\\n"} 1.5\na +Inf\n');
});
