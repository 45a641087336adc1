import { expect } from 'vitest';
import { endOfReply } from '../../support/resp.js';
import type { Stack } from '../../support/stack.js';

/** A reply in one line: bulk strings as JSON, arrays in brackets, maps in braces, the rest as it is. */
function shown(reply: Buffer): string {
  const line = reply.toString('latin1', 1, reply.indexOf('\r\n'));
  const body = reply.indexOf('\r\n') + 2;
  switch (reply.toString('latin1', 0, 1)) {
    case '$':
      return line === '-1' ? 'nil' : JSON.stringify(reply.toString('latin1', body, reply.length - 2));
    case '_':
      return 'null';
    case '+':
    case ':':
      return line;
    case '*':
      return `[${elements(reply, body).join(' ')}]`;
    case '%':
      return `{${elements(reply, body).join(' ')}}`;
    default:
      return reply.toString('latin1', 0, body - 2);
  }
}

function elements(reply: Buffer, from: number): string[] {
  const all: string[] = [];
  for (let at = from; at < reply.length; ) {
    const end = endOfReply(reply, at);
    all.push(shown(reply.subarray(at, end)));
    at = end;
  }
  return all;
}

/** Words of a line; between double quotes JSON's escapes hold. */
function wordsOf(text: string): string[] {
  return (text.match(/"(?:[^"\\]|\\.)*"|\S+/g) ?? []).map((word) => (word.startsWith('"') ? JSON.parse(word) : word));
}

/**
 * Lines such as `INCR a => 1`: a request and its reply. `+ 500` moves the clock by milliseconds. Lines without an arrow
 * are sent and their replies not looked at.
 */
export async function play(stack: Stack, script: string): Promise<void> {
  for (const line of script.split('\n').map((text) => text.trim())) {
    if (line === '') continue;
    if (line.startsWith('+ ')) {
      stack.clock.advance(Number(line.slice(2)));
      continue;
    }
    const [asked, expected] = line.split(' => ') as [string, string | undefined];
    const reply = Buffer.from(await stack.ask(...wordsOf(asked)), 'latin1');
    if (expected !== undefined) expect(`${asked} => ${shown(reply)}`).toBe(line);
  }
}
