/** The package as npm packs it, in a folder of somebody else's. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'ringshard-package-'));
const LIMIT_MS = 60_000;

function run(command: string, ...args: string[]): string {
  return execFileSync(command, args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Unpacks the package as npm would install it; what it depends on is lent to it. */
function install(): void {
  const modules = join(folder, 'node_modules');
  mkdirSync(join(modules, 'ringshard'), { recursive: true });
  const packed = execFileSync('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  const text = packed.slice(packed.search(/[[{]/));
  const { filename } = (Object.values(JSON.parse(text)) as { filename: string }[])[0] as { filename: string };
  run('tar', '-xzf', filename, '-C', join(modules, 'ringshard'), '--strip-components=1');
  const { dependencies } = JSON.parse(readFileSync(join(modules, 'ringshard', 'package.json'), 'utf8'));
  for (const name of [...Object.keys(dependencies), '@types/node']) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules', name), join(modules, name), 'dir');
  }
}

beforeAll(install, LIMIT_MS);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const PROGRAM = `
  const server = await createServer({ port: 0 });
  const client = server.client();
  await client.set('greeting', 'hello');
  console.log(await client.get('greeting'));
  await server.close();
`;

it('has no sources, tests or benchmarks in it', () => {
  const inside = (name: string) => existsSync(join(folder, 'node_modules', 'ringshard', name));
  expect(['dist/index.js', 'dist/engine.wasm', 'README.md', 'src', 'test', 'bench'].map(inside)).toEqual([
    ...[true, true, true],
    ...[false, false, false],
  ]);
});

it('is imported, and ends without a trace', { timeout: LIMIT_MS }, () => {
  writeFileSync(join(folder, 'program.mjs'), `import { createServer } from 'ringshard';\n${PROGRAM}`);
  expect(run(process.execPath, 'program.mjs')).toBe('hello\n');
});

it('is required', { timeout: LIMIT_MS }, () => {
  const text = `const { createServer } = require('ringshard');\n(async () => {${PROGRAM}})();`;
  writeFileSync(join(folder, 'program.cjs'), text);
  expect(run(process.execPath, '--no-warnings', 'program.cjs')).toBe('hello\n');
});

it('has types', { timeout: LIMIT_MS }, () => {
  const good = `
    import { createServer, ReplyError, type Client, type EmbeddedServer, type Reply } from 'ringshard';
    await using server: EmbeddedServer = await createServer({ port: 0, maxmemory: '64mb', maxmemoryPolicy: 'allkeys-lru' });
    await using client: Client = server.client({ database: 1 });
    const value: string | null = await client.get('a');
    const reply: Reply = await client.call('GET', 'a');
    server.clock.advance('1h');
    // @ts-expect-error: no such policy
    const wrong = createServer({ maxmemoryPolicy: 7 });
    // @ts-expect-error: no such option
    const unknown = createServer({ shard: 7 });
    console.log(value, reply, wrong, unknown, ReplyError);
  `;
  writeFileSync(join(folder, 'program.mts'), good);
  const options = [
    '--strict',
    '--noEmit',
    '--module',
    'nodenext',
    '--target',
    'es2022',
    '--lib',
    'es2023,esnext.disposable',
  ];
  run(process.execPath, join(ROOT, 'node_modules/typescript/bin/tsc'), ...options, '--types', 'node', 'program.mts');
});
