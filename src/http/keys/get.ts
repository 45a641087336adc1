/** GET and HEAD of a key. */
import { Problem } from '../problem.js';
import { checkParameters } from '../target.js';
import { formOf } from './accept.js';
import { conditionOf, etagOf, matches, TAGGED_MAX } from './etag.js';
import type { KeyRequest } from './key-request.js';
import { type ByteRange, rangeOf } from './range.js';

/** Headers are lists of names and values in turn: Node is fastest with those. */
const FIXED = ['Cache-Control', 'no-cache', 'Accept-Ranges', 'bytes', 'Vary', 'Accept, Origin'];
const BYTES = ['Content-Type', 'application/octet-stream', 'X-Content-Type-Options', 'nosniff'];
const JSON_TYPE = ['Content-Type', 'application/json', 'X-Content-Type-Options', 'nosniff'];

/** Up to so many bytes a value is sent in one piece with the headers, as a string: that takes the kernel half the time. */
const TOGETHER_MAX = 4096;

/** How often a long value that changes while it is looked at is looked at again. */
const TRIES = 3;

export async function getKey(request: KeyRequest): Promise<void> {
  const { req, query, client, key } = request;
  checkParameters(query, 'db');
  const { headers, method } = req;
  const form = formOf(headers.accept);
  if (form === undefined) throw new Problem(406, 'a value can be had as application/octet-stream or application/json');
  const wantsPart = headers.range !== undefined && form === 'bytes' && method === 'GET';
  if (method === 'HEAD' || wantsPart) {
    const length = (await client.call(['STRLEN', key])) as number;
    if (length > TAGGED_MAX) return wantsPart ? sendLongPart(request, length) : sendHead(request, length);
  }
  const [value, left] = await Promise.all([client.call(['GET', key], true), client.call(['PTTL', key])]);
  if (value === null) throw notFound();
  send(request, value as Buffer, left as number, form === 'json', wantsPart);
}

export function notFound(): Problem {
  return new Problem(404, 'there is no such key');
}

/** Sends a value, or a part of it, or says that the client has it already. */
function send(request: KeyRequest, value: Buffer, left: number, asJson: boolean, wantsPart: boolean): void {
  const { req, res } = request;
  const { headers: asked } = req;
  const body = asJson ? jsonForm(value) : value;
  const etag = etagOf(body);
  const headers = FIXED.concat(asJson ? JSON_TYPE : BYTES);
  if (etag !== undefined) headers.push('ETag', etag);
  if (left >= 0) headers.push('Ringshard-TTL', (left / 1000).toFixed(3));
  const ifMatch = conditionOf(asked['if-match'], 'If-Match');
  if (ifMatch !== undefined && !matches(ifMatch, etag, false)) throw new Problem(412, 'the value is another one');
  const ifNone = conditionOf(asked['if-none-match'], 'If-None-Match');
  if (ifNone !== undefined && matches(ifNone, etag, true)) {
    res.writeHead(304, headers);
    res.end();
    return;
  }
  const ifRange = asked['if-range'];
  const range = wantsPart && (ifRange === undefined || ifRange === etag) ? rangeFor(request, body.length) : undefined;
  if (range !== undefined) {
    writePart(request, body.subarray(range.start, range.end + 1), range, body.length, headers);
    return;
  }
  headers.push('Content-Length', String(body.length));
  res.writeHead(200, headers);
  if (req.method === 'HEAD') res.end();
  else if (body.length > TOGETHER_MAX) res.end(body);
  else res.end(body.toString('latin1'), 'latin1');
}

function rangeFor({ req }: KeyRequest, length: number): ByteRange | undefined {
  const range = rangeOf(req.headers.range as string, length);
  if (range === 'none') {
    throw new Problem(416, `the value has ${length} bytes`, { 'Content-Range': `bytes */${length}` });
  }
  return range;
}

function writePart(
  { res }: KeyRequest,
  part: Buffer,
  { start, end }: ByteRange,
  length: number,
  headers: readonly string[],
): void {
  const range = ['Content-Range', `bytes ${start}-${end}/${length}`, 'Content-Length', String(part.length)];
  res.writeHead(206, [...headers, ...range]);
  res.end(part);
}

/** A part of a value that is too long to be read for it. */
async function sendLongPart(request: KeyRequest, first: number): Promise<void> {
  const { client, key, req, res } = request;
  let length = first;
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const range = req.headers['if-range'] === undefined ? rangeFor(request, length) : undefined;
    const { start, end } = range ?? { start: 0, end: length - 1 };
    const [part, now] = await Promise.all([
      client.call(['GETRANGE', key, start, end], true),
      client.call(['STRLEN', key]),
    ]);
    if (now === 0) throw notFound();
    if (now === length && (part as Buffer).length === end - start + 1) {
      const headers = [...FIXED, ...BYTES];
      if (range !== undefined) writePart(request, part as Buffer, range, length, headers);
      else res.writeHead(200, [...headers, 'Content-Length', String(length)]).end(part);
      return;
    }
    length = now as number;
  }
  throw new Problem(503, 'the value changes too fast for a part of it', { 'Retry-After': '1' });
}

function sendHead({ res }: KeyRequest, length: number): void {
  res.writeHead(200, [...FIXED, ...BYTES, 'Content-Length', String(length)]);
  res.end();
}

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A value that is JSON as it is, other text as a string of JSON. */
function jsonForm(value: Buffer): Buffer {
  if (value.length > TAGGED_MAX)
    throw new Problem(406, `values of more than ${TAGGED_MAX} bytes can be had as bytes only`);
  let text: string;
  try {
    text = UTF8.decode(value);
  } catch {
    throw new Problem(406, 'the value is no UTF-8 text: it can be had as application/octet-stream only');
  }
  try {
    JSON.parse(text);
    return value;
  } catch {
    return Buffer.from(JSON.stringify(text));
  }
}
