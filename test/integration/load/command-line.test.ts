/** `ringshard load` as a program: exit codes, what it prints and writes, Ctrl-C, compare and sweep. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parseDocument } from '../../../src/load/result/document.js';
import { RespServer } from '../../support/load/resp-server.js';
import { useStarted } from '../../support/load/started.js';
import { UdpServer } from '../../support/load/udp-server.js';
import { runProgram, ServerProcess } from '../../support/server-process.js';
import { waitFor } from '../../support/wait.js';

const started = useStarted();
const folder = mkdtempSync(join(tmpdir(), 'load-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = (name: string) => join(folder, name);
const urlOf = ({ port }: { readonly port: number }) => `redis://127.0.0.1:${port}`;
const run = (...args: readonly string[]) => runProgram(['load', ...args]);
const linesOf = (text: string) => text.trimEnd().split('\n');

describe('exit codes', { timeout: 30_000 }, () => {
  it('0, with all reports written', async () => {
    const server = await started(new RespServer());
    const files = ['json', 'hlog', 'html'].flatMap((kind) => [`--${kind}`, file(`good.${kind}`)]);
    const { code, output } = await run(urlOf(server), '-n', '500', '-c', '4', '--slo', 'errors<1%', ...files);
    expect(code).toBe(0);
    expect(output).toContain('errors<1%');
    const result = parseDocument(readFileSync(file('good.json'), 'utf8'), 'good.json');
    expect(result.totals).toMatchObject({ sent: 500, succeeded: 500 });
    expect(result.objectives).toMatchObject([{ met: true }]);
    expect(readFileSync(file('good.hlog'), 'utf8')).toContain('[Histogram log format version 1.3]');
    expect(readFileSync(file('good.html'), 'utf8')).toContain('</html>');
    expect(existsSync(file('good.json.tmp'))).toBe(false);
  });

  it('99 when an objective is missed', async () => {
    const server = await started(new RespServer());
    const { code } = await run(urlOf(server), '-n', '500', '-c', '4', '--slo', 'throughput>1g', '-q');
    expect(code).toBe(99);
  });

  it('1 when no connection can be had, in one line', async () => {
    const server = await started(new RespServer());
    await server.stop();
    const { code, output, errors } = await run(urlOf(server), '-q', '--json', file('refused.json'));
    expect(code).toBe(1);
    expect(linesOf(output + errors)).toHaveLength(1);
    expect(output).toMatch(/^FAILED: can't connect to .*: connection refused/);
    expect(parseDocument(readFileSync(file('refused.json'), 'utf8'), 'refused').end).toBe('failed');
  });

  it('1 when nothing succeeds, without figures that look good', async () => {
    const server = await started(new RespServer());
    server.faults.errorEvery = 1;
    const { code, output } = await run(urlOf(server), '-n', '50', '-c', '2');
    expect(code).toBe(1);
    expect(linesOf(output)[0]).toMatch(/^FAILED: no request succeeded: ERR injected failure/);
    expect(output).not.toMatch(/p99 0 /);
  });

  it('1 when what is read is not what was written', async () => {
    const server = await started(new RespServer());
    server.faults.wrongEvery = 100;
    const { code, output } = await run(urlOf(server), '-n', '1000', '-c', '2', '-r', '10', '--verify', '-q');
    expect(code).toBe(1);
    expect(output).toMatch(/^WRONG REPLIES/);
  });

  it.each([
    [[], 'target'],
    [['ftp://127.0.0.1'], 'ftp'],
    [['redis://127.0.0.1', '-n', '5', '--duration', '1s'], '--duration'],
    [['compare', 'only-one.json'], ''],
  ])('2 for %j, in one line', async (args, word) => {
    const { code, output, errors } = await run(...args);
    expect(code).toBe(2);
    expect(output).toBe('');
    expect(linesOf(errors)).toHaveLength(1);
    expect(errors).toContain(word);
  });

  it('1 for a path that can not be written, before anything is sent', async () => {
    const server = await started(new RespServer());
    const { code, errors } = await run(urlOf(server), '-n', '50', '--json', file('no/such/folder.json'));
    expect(code).toBe(1);
    expect(linesOf(errors)).toHaveLength(1);
    expect(server.accepted).toBe(0);
  });
});

/** Starts a run, waits until it has come somewhere, sends SIGINT and waits for its end. */
async function interrupted(args: readonly string[], isThere: () => boolean) {
  const program = new ServerProcess(['load', ...args]);
  try {
    await waitFor(isThere);
    const since = Date.now();
    program.signal('SIGINT');
    const code = await program.exited;
    return { code, output: program.output, errors: program.errors, seconds: (Date.now() - since) / 1000 };
  } finally {
    await program.kill();
  }
}

describe('Ctrl-C', { timeout: 30_000 }, () => {
  /** A busy machine is slow; a timeout of the requests (5 s) would be a hang. */
  const SOON = 4;

  it.each([
    ['closed loop', []],
    ['open loop', ['--rate', '1000']],
  ])('%s: prints and writes the report so far', async (_name, loop) => {
    const server = await started(new RespServer());
    const json = file('interrupted.json');
    const { code, output, seconds } = await interrupted(
      [urlOf(server), '--warmup', '0', '-c', '2', '--json', json, ...loop],
      () => server.requests > 500,
    );
    expect(code).toBe(130);
    expect(seconds).toBeLessThan(SOON);
    expect(linesOf(output)[0]).toMatch(/^(INTERRUPTED|INVALID): redis:/);
    const result = parseDocument(readFileSync(json, 'utf8'), json);
    expect(result.end).toBe('interrupted');
    expect(result.totals.succeeded).toBeGreaterThan(400);
    expect(result.totals.sent).toBe(result.totals.succeeded + result.totals.failed);
  });

  it('in the middle of a stall', async () => {
    const server = await started(new RespServer());
    Object.assign(server.faults, { stall: 20_000, stallAfter: 200 });
    const { code, output, seconds } = await interrupted(
      [urlOf(server), '--warmup', '0', '-c', '2'],
      () => server.requests >= 200,
    );
    expect(code).toBe(130);
    expect(seconds).toBeLessThan(SOON);
    expect(output).toMatch(/^INTERRUPTED/);
  });

  it('in the warm-up', async () => {
    const server = await started(new RespServer());
    const args = [urlOf(server), '--warmup', '20s', '-c', '2'];
    const { code, output, seconds } = await interrupted(args, () => server.requests > 100);
    expect(code).toBe(130);
    expect(seconds).toBeLessThan(SOON);
    expect(output).not.toBe('');
  });

  it('while keys are stored by a server that does not answer', async () => {
    const server = await started(new RespServer());
    server.faults.silent = true;
    const json = file('preload.json');
    const args = [urlOf(server), '--preload', '-c', '2', '--json', json, '-q'];
    const { code, output, seconds } = await interrupted(args, () => server.requests > 0);
    expect(code).toBe(130);
    expect(seconds).toBeLessThan(SOON);
    expect(linesOf(output)).toHaveLength(1);
    expect(parseDocument(readFileSync(json, 'utf8'), json).end).toBe('interrupted');
  });

  it('while connections are prepared by a server that does not answer', async () => {
    const server = await started(new RespServer());
    server.ignoresSetup = true;
    const args = [urlOf(server), '--resp', '3', '-c', '2', '-q'];
    const { code, seconds } = await interrupted(args, () => server.accepted >= 3);
    expect(code).toBe(130);
    expect(seconds).toBeLessThan(SOON);
  });

  it('a cluster that does not answer', async () => {
    const server = await started(new RespServer());
    server.faults.silent = true;
    const args = [`redis+cluster://127.0.0.1:${server.port}`, '-q'];
    const { code, seconds } = await interrupted(args, () => server.accepted >= 2);
    expect(code).toBe(130);
    expect(seconds).toBeLessThan(SOON);
  });
});

describe('compare and sweep', { timeout: 30_000 }, () => {
  it('two runs are compared, in a table and a page', async () => {
    const server = await started(new RespServer());
    for (const name of ['a', 'b']) {
      await run(urlOf(server), '-n', '500', '-c', '2', '-q', '--json', file(`${name}.json`));
    }
    const page = file('compare.html');
    const { code, output } = await run('compare', file('a.json'), file('b.json'), '--html', page);
    expect(code).toBe(0);
    expect(output).toContain('p99');
    expect(readFileSync(page, 'utf8')).toContain('</html>');
    writeFileSync(file('bad.json'), '{"format":"ringshard-load","version":1}');
    const bad = await run('compare', file('a.json'), file('bad.json'));
    expect(bad.code).toBe(1);
    expect(linesOf(bad.errors)).toHaveLength(1);
    const none = await run('compare', file('a.json'), file('none.json'));
    expect(none).toMatchObject({ code: 1, errors: expect.stringContaining('ENOENT') });
  });

  it('a sweep with short steps', async () => {
    const server = await started(new RespServer());
    const args = ['--connections', '1,2,4', '--rates', '500,1k', '--step', '500ms', '--warmup', '0'];
    const json = file('sweep.json');
    const page = file('sweep.html');
    const sweep = await run('sweep', urlOf(server), ...args, '--json', json, '--html', page);
    expect(sweep.errors).not.toContain('Error');
    expect([0, 99]).toContain(sweep.code);
    const document = JSON.parse(readFileSync(json, 'utf8')) as { end: string };
    expect(document.end).toBe('complete');
    expect(readFileSync(page, 'utf8')).toContain('</html>');
  });

  it('UDP shows what became of the datagrams', async () => {
    const server = await started(new UdpServer());
    server.faults.loseEvery = 50;
    const { code, output } = await run(
      `memcached+udp://127.0.0.1:${server.port}`,
      '-n',
      '200',
      '-c',
      '2',
      '--timeout',
      '100ms',
    );
    expect(code).toBe(0);
    expect(output).toMatch(/200 sent, 4 lost/);
  });
});
