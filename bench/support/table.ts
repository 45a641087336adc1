/** Tables of text: aligned for a terminal, or Markdown. The first row is the heading; the first column is text. */
export type Row = readonly string[];

function widthsOf(rows: readonly Row[]): number[] {
  const widths: number[] = [];
  for (const row of rows) for (const [i, cell] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, cell.length);
  return widths;
}

export function alignedTable(rows: readonly Row[]): string {
  const widths = widthsOf(rows);
  const lines = rows.map((row) =>
    widths
      .map((width, i) => (i === 0 ? (row[i] ?? '').padEnd(width) : (row[i] ?? '').padStart(width)))
      .join('  ')
      .trimEnd(),
  );
  lines.splice(1, 0, widths.map((width) => '-'.repeat(width)).join('  '));
  return lines.join('\n');
}

export function markdownTable(rows: readonly Row[]): string {
  const line = (row: Row) => `| ${row.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  const [heading = [], ...body] = rows;
  const rule = `| ${heading.map((_, i) => (i === 0 ? '---' : '---:')).join(' | ')} |`;
  return [line(heading), rule, ...body.map(line)].join('\n');
}
