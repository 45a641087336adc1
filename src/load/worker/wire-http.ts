/** Requests of HTTP/1.1: GET and PUT of a key's path, or whatever a command says. */
import { WRITE_END_BODY } from '../engine/layout.js';
import type { Target } from '../plan/target.js';
import { parseWord } from '../plan/template.js';
import type { Word } from '../plan/workload.js';
import type { ProgramWriter } from './program-writer.js';
import type { Wire } from './wire.js';

const GET: Word = [{ kind: 'text', text: 'GET' }];
const PUT: Word = [{ kind: 'text', text: 'PUT' }];
const VALUE: Word = [{ kind: 'value' }];

export function httpWire(target: Target, ttl: number | undefined): Wire {
  const { host, port, username, password } = target;
  const name = host.includes(':') ? `[${host}]` : host;
  const fields = [`Host: ${port === 80 ? name : `${name}:${port}`}`, 'Accept: */*', 'User-Agent: ringshard-load'];
  if (username !== undefined || password !== undefined) {
    const credentials = Buffer.from(`${username ?? ''}:${password ?? ''}`).toString('base64');
    fields.push(`Authorization: Basic ${credentials}`);
  }
  const head = fields.map((field) => `${field}\r\n`).join('');
  const path = pathOf(target.path);
  const writePath: Word =
    ttl === undefined ? path : [...path, { kind: 'text', text: `${mark(target.path)}ttl=${ttl}` }];
  return {
    read: (writer) => writeRequest(writer, [GET, path], head),
    write: (writer) => writeRequest(writer, [PUT, writePath, VALUE], head),
    scan: undefined,
    command: (writer, words) => writeRequest(writer, words, head),
    isBodiless: (words) => isMethod(words, 'HEAD'),
  };
}

function mark(path: string): string {
  return path.includes('?') ? '&' : '?';
}

/** A path is one word of a template. */
function pathOf(path: string): Word {
  return parseWord(path);
}

function isMethod([method]: readonly Word[], name: string): boolean {
  const [only] = method ?? [];
  return only?.kind === 'text' && only.text.toUpperCase() === name;
}

function writeRequest(writer: ProgramWriter, words: readonly Word[], head: string): void {
  const [method = [], path = [], body] = words;
  for (const segment of method) writer.segment(segment);
  writer.text(' ');
  for (const segment of path) writer.segment(segment);
  writer.text(` HTTP/1.1\r\n${head}`);
  if (body === undefined) {
    // A POST or PUT without a body says so (RFC 9110, 8.6).
    const isEmpty = isMethod(words, 'POST') || isMethod(words, 'PUT') || isMethod(words, 'PATCH');
    writer.text(isEmpty ? 'Content-Length: 0\r\n\r\n' : '\r\n');
    return;
  }
  const [only] = body;
  writer.text(`Content-Type: ${contentTypeOf(body)}\r\n`);
  if (body.length === 1 && only?.kind === 'value' && only.base64 !== true) {
    writer.text('Content-Length: ').valueLength(only.bytes).text('\r\n\r\n').value(only.bytes);
    return;
  }
  writer.measured(WRITE_END_BODY, () => {
    for (const segment of body) writer.segment(segment);
  });
}

function contentTypeOf([first]: Word): string {
  return first?.kind === 'text' && /^\s*[[{]/.test(first.text) ? 'application/json' : 'application/octet-stream';
}
