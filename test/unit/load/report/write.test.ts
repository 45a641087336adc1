import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkWritable, ReportError, writeReport } from '../../../../src/load/report/index.js';

describe('files of reports', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ringshard-report-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('are written whole, and nothing else is left', () => {
    const path = join(folder, 'a.json');
    checkWritable(path);
    expect(readdirSync(folder)).toEqual([]);
    writeReport(path, 'one');
    writeReport(path, 'two');
    expect(readFileSync(path, 'utf8')).toBe('two');
    expect(readdirSync(folder)).toEqual(['a.json']);
  });

  it('are checked without being touched', () => {
    const path = join(folder, 'a.json');
    writeFileSync(path, 'old');
    checkWritable(path);
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['a.json']);
  });

  it('are written where a link leads to', () => {
    mkdirSync(join(folder, 'real'));
    writeFileSync(join(folder, 'real', 'a.json'), 'old');
    symlinkSync(join(folder, 'real', 'a.json'), join(folder, 'link.json'));
    writeReport(join(folder, 'link.json'), 'new');
    expect(readFileSync(join(folder, 'real', 'a.json'), 'utf8')).toBe('new');
  });

  it('are refused in one line that names them', () => {
    const complaint = (path: string, action: (path: string) => void) => {
      try {
        action(path);
      } catch (error) {
        if (error instanceof ReportError) return error.message;
        throw error;
      }
      return 'none';
    };
    writeFileSync(join(folder, 'file'), '');
    for (const action of [checkWritable, (path: string) => writeReport(path, 'text')]) {
      const missing = join(folder, 'nowhere', 'a.json');
      expect(complaint(missing, action)).toBe(`can't write ${JSON.stringify(missing)}: there is no such directory`);
      expect(complaint(folder, action)).toBe(`can't write ${JSON.stringify(folder)}: it is a directory`);
      expect(complaint(join(folder, 'file', 'a.json'), action)).toMatch(/: a part of the path is no directory$/);
      expect(complaint('', action)).toBe(`can't write "": the name is empty`);
    }
    expect(readdirSync(folder)).toEqual(['file']);
  });

  it.skipIf(!existsSync('/dev/null'))('can be devices, which are not replaced', () => {
    checkWritable('/dev/null');
    writeReport('/dev/null', 'text');
    expect(readdirSync('/dev')).toContain('null');
  });
});
