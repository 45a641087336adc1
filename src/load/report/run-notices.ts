/** What must be known of a run before its figures are read. */
import type { LoadResult } from '../result/result.js';
import { durationText, plural } from '../show/numbers.js';
import { measuredText } from '../show/objective.js';
import type { Notice } from './tables.js';

export function runNotices(result: LoadResult): Notice[] {
  const { end, failure, totals, generator, verification, objectives, seconds } = result;
  const list: Notice[] = [];
  const bad = (title: string, lines: readonly string[]) => list.push({ mood: 'bad', title, lines });
  const warn = (title: string, lines: readonly string[]) => list.push({ mood: 'warn', title, lines });
  if (end === 'failed') {
    const figures =
      totals.succeeded > 0 ? [`The figures are of the ${durationText(seconds)} before; they are no result.`] : [];
    bad('The run failed', [failure ?? 'It could not go on.', ...figures]);
  }
  if (totals.succeeded === 0) bad('There is no successful reply', [`${plural(totals.failed, 'request')} failed.`]);
  if (!generator.valid)
    bad('The run is invalid: its figures tell more of the generator than of the server', generator.warnings);
  if (verification?.passed === false)
    bad('Verification failed', ['The server gave replies that are not right, or none.']);
  const missed = objectives.filter(({ met }) => !met);
  if (missed.length > 0) {
    bad(
      missed.length === 1 ? 'An objective was missed' : `${missed.length} objectives were missed`,
      missed.map((objective) => `${objective.text}: measured ${measuredText(objective, totals)}`),
    );
  }
  if (generator.valid && generator.warnings.length > 0) warn('The generator gives a warning', generator.warnings);
  if (end === 'interrupted') warn(`The run was interrupted after ${durationText(seconds)}`, []);
  return list;
}
