/** Aligned columns without lines, and text that is safe on a terminal. */
import Table from 'cli-table3';
import pc from 'picocolors';

export type Colors = ReturnType<typeof pc.createColors>;

export const colorsOf = (enabled: boolean): Colors => pc.createColors(enabled);

/** Whether a stream shows colours: a terminal, and the user has not said NO_COLOR. */
export function hasColors(stream: { readonly isTTY?: boolean }, environment: NodeJS.ProcessEnv = process.env): boolean {
  return stream.isTTY === true && (environment.NO_COLOR ?? '') === '' && environment.TERM !== 'dumb';
}

const EDGES = ['top', 'bottom', 'left', 'right'].flatMap((side) => [side, `${side}-mid`]);
const CORNERS = ['top-left', 'top-right', 'bottom-left', 'bottom-right', 'mid', 'mid-mid'];
const NO_LINES = Object.fromEntries([...EDGES, ...CORNERS].map((name) => [name, '']));

/** The first column is words, the rest figures unless `left` names their number. */
export function columns(rows: readonly (readonly string[])[], left: readonly number[] = [0]): string {
  const width = Math.max(0, ...rows.map((row) => row.length));
  const table = new Table({
    chars: { ...NO_LINES, middle: '  ' },
    colAligns: Array.from({ length: width }, (_, at) => (left.includes(at) ? 'left' : 'right')),
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [], compact: true },
  });
  for (const row of rows) table.push([...row]);
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

/** What comes from a server or a file, on one line and without control characters that a terminal would obey. */
export function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, (control) => {
    return `\\x${control.charCodeAt(0).toString(16).padStart(2, '0')}`;
  });
}
