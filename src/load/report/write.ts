/** Puts reports into files: whole or not at all. */
import { closeSync, openSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** The message is one line that names the file. */
export class ReportError extends Error {
  override readonly name = 'ReportError';
}

/** Throws when a file could not be written to this path: before a run of minutes, not after it. Leaves nothing behind. */
export function checkWritable(path: string): void {
  attempt(path, () => {
    const { file, special } = destination(path);
    if (special) return;
    const trial = neighbour(file);
    closeSync(openSync(trial, 'wx'));
    rmSync(trial);
  });
}

/** Replaces a file at once, so that whoever reads it sees the old text or the new one. */
export function writeReport(path: string, text: string): void {
  attempt(path, () => {
    const { file, special } = destination(path);
    if (special) {
      writeFileSync(file, text);
      return;
    }
    const trial = neighbour(file);
    try {
      writeFileSync(trial, text, { flag: 'wx' });
      renameSync(trial, file);
    } catch (error) {
      rmSync(trial, { force: true });
      throw error;
    }
  });
}

/** Where a path leads to; a device or a pipe (`/dev/stdout`) can't be replaced, it is written to. */
function destination(path: string): { file: string; special: boolean } {
  if (path === '') throw new Error('the name is empty');
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return { file: path, special: false };
  if (found.isDirectory()) throw new Error('it is a directory');
  return found.isFile() ? { file: realpathSync(path), special: false } : { file: path, special: true };
}

function neighbour(file: string): string {
  return join(dirname(file), `.${basename(file)}.${process.pid}.tmp`);
}

const REASONS: { readonly [code: string]: string } = {
  ENOENT: 'there is no such directory',
  ENOTDIR: 'a part of the path is no directory',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space is left',
};

function attempt(path: string, action: () => void): void {
  try {
    action();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new ReportError(`can't write ${JSON.stringify(path)}: ${REASONS[code ?? ''] ?? message}`);
  }
}
