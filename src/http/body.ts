/** Reads what a request brings, up to a limit. */
import type { IncomingMessage } from 'node:http';
import { Problem } from './problem.js';

/** Rejects with 413 as soon as it is clear that there is too much. */
export function readBody(req: IncomingMessage, limit: number): Promise<Buffer> {
  const announced = req.headers['content-length'];
  if (announced !== undefined && Number(announced) > limit) return Promise.reject(tooLarge(limit));
  const encoding = req.headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') {
    const headers = { 'Accept-Encoding': 'identity' };
    return Promise.reject(new Problem(415, `content encoding '${encoding}' is not supported`, headers));
  }
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    let length = 0;
    req.on('data', (piece: Buffer) => {
      length += piece.length;
      if (length > limit) {
        req.pause();
        reject(tooLarge(limit));
      } else pieces.push(piece);
    });
    req.on('end', () => resolve(pieces.length === 1 ? (pieces[0] as Buffer) : Buffer.concat(pieces)));
    req.on('error', reject);
    req.on('close', () => reject(new Problem(400, 'the request has not come in full')));
  });
}

function tooLarge(limit: number): Problem {
  return new Problem(413, `the request brings more than the ${limit} bytes that are allowed`);
}

/** A body as a JSON value; throws for what is none. */
export function jsonOf(bytes: Buffer): unknown {
  try {
    return JSON.parse(UTF8.decode(bytes));
  } catch (error) {
    throw new Problem(400, `the body is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

const UTF8 = new TextDecoder('utf-8', { fatal: true });

/** The media type without its parameters, in lower case; '' without one. */
export function mediaTypeOf(req: IncomingMessage): string {
  return (req.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}
