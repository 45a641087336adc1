import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Logger, type LoggerOptions, type LogLevel } from '../../../src/log/index.js';

const LEVELS: readonly LogLevel[] = ['debug', 'verbose', 'notice', 'warning'];

function record(options: LoggerOptions = {}): { logger: Logger; lines: string[] } {
  const lines: string[] = [];
  const write = (line: string) => void lines.push(line);
  const logger = new Logger({ write, now: () => Date.UTC(2026, 10, 21, 9, 30, 0, 123), pid: 7, ...options });
  return { logger, lines };
}

/** The levels of which something is written. */
function heard(logger: Logger, lines: string[]): LogLevel[] {
  return LEVELS.filter((level) => {
    const before = lines.length;
    logger[level]('x');
    expect(logger.isEnabled(level)).toBe(lines.length > before);
    return lines.length > before;
  });
}

describe('Logger', () => {
  it("writes Redis's lines", () => {
    const { logger, lines } = record();
    logger.notice('Ready to accept connections', { port: 6379 });
    logger.warning('100% %s');
    expect(lines).toEqual([
      expect.stringMatching(/^7:M 2\d Nov 2026 \d\d:\d0:00\.123 \* Ready to accept connections port=6379\n$/),
      expect.stringMatching(/ # 100% %s\n$/),
    ]);
  });

  it('writes an object a line', () => {
    const { logger, lines } = record({ format: 'json' });
    logger.notice('Ready', { port: 6379, text: 'a\nb' });
    logger.warning('Failed', { err: new TypeError('it broke') });
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      { level: 'notice', time: '2026-11-21T09:30:00.123Z', pid: 7, port: 6379, text: 'a\nb', msg: 'Ready' },
      {
        level: 'warning',
        time: '2026-11-21T09:30:00.123Z',
        pid: 7,
        err: { type: 'TypeError', message: 'it broke', stack: expect.any(String) },
        msg: 'Failed',
      },
    ]);
    for (const line of lines) expect(line).toMatch(/^[^\n]+\n$/);
  });

  it('writes from its level on, which may change', () => {
    const { logger, lines } = record();
    expect([logger.level, heard(logger, lines)]).toEqual(['notice', ['notice', 'warning']]);
    for (const [i, level] of LEVELS.entries()) {
      logger.level = level;
      expect([logger.level, heard(logger, lines)]).toEqual([level, LEVELS.slice(i)]);
    }
    logger.level = 'nothing';
    expect([logger.level, heard(logger, lines)]).toEqual(['nothing', []]);
  });
});

describe('a log file', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ringshard-log-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is appended to, and opened anew where it has been moved away', () => {
    const file = join(folder, 'x.log');
    new Logger({ file }).notice('one');
    const logger = new Logger({ file });
    logger.notice('two');
    renameSync(file, `${file}.1`);
    logger.notice('three');
    logger.reopen();
    logger.notice('four');
    logger.close();
    const messages = (path: string) => [...readFileSync(path, 'utf8').matchAll(/\* (\w+)\n/g)].map((match) => match[1]);
    expect([messages(`${file}.1`), messages(file)]).toEqual([['one', 'two', 'three'], ['four']]);
  });

  it('must be one that can be opened', () => {
    expect(() => new Logger({ file: join(folder, 'gone', 'x.log') })).toThrow('ENOENT');
  });
});

it.each(['redis', 'json'])('has written every line when the process ends at once (%s)', (format) => {
  const script = `
    import { Logger } from ${JSON.stringify(new URL('../../../src/log/logger.ts', import.meta.url).href)};
    const logger = new Logger({ format: ${JSON.stringify(format)} });
    for (let i = 0; i < 5000; i++) logger.notice('line ' + i, { filler: 'x'.repeat(100) });
    process.kill(process.pid, 'SIGKILL');`;
  const { stdout, signal } = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    encoding: 'utf8',
    maxBuffer: 1 << 24,
  });
  expect([signal, stdout.split('\n').length]).toEqual(['SIGKILL', 5001]);
});
