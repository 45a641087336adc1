/** What a new connection says first. */
import type { Target } from '../plan/target.js';

export interface Handshake {
  readonly bytes: Buffer;
  /** Replies that it gets. */
  readonly requests: number;
}

/** HELLO, AUTH and SELECT, as far as they are needed. */
export function handshakeOf({ protocol, resp, username, password, database }: Target): Handshake {
  const commands: string[][] = [];
  if (protocol === 'redis') {
    if (password !== undefined) commands.push(['AUTH', ...(username === undefined ? [] : [username]), password]);
    if (resp === 3) commands.push(['HELLO', '3']);
    if (database !== 0) commands.push(['SELECT', String(database)]);
  }
  return { bytes: Buffer.from(commands.map(commandText).join('')), requests: commands.length };
}

/** A command as an array of bulk strings. */
export function commandText(words: readonly string[]): string {
  return `*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join('')}`;
}
