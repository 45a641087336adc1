/** The README's examples of HTTP, word by word. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type HttpServer, startHttpServer } from '../../support/http-server.js';

let http: HttpServer;
beforeAll(async () => {
  http = await startHttpServer();
});
afterAll(() => http.server.close());

it('answers as it says', async () => {
  const text = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
  const [, commands, output] = /## HTTP[\s\S]*?```sh\n([\s\S]*?)```\s+```\n([\s\S]*?)```/.exec(text) ?? [];
  const here = (commands as string).replaceAll('http://localhost:8080', http.url).replaceAll('curl ', 'curl -sS ');
  const { stdout } = await promisify(execFile)('bash', ['-e', '-c', here]);
  expect(stdout).toBe(output);
});
