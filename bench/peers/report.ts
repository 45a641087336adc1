/** Tables of what was measured: a line a case, a column a server, and what ringshard makes of each peer. */
import type { Figure } from '../server/figures.js';
import { formatRatios, formatWithUnit } from '../support/format.js';
import { ratios, spreadOf } from '../support/statistics.js';
import type { Row } from '../support/table.js';
import { type Contestant, isOurs } from './contestants.js';

export interface Table {
  readonly heading: string;
  readonly rows: readonly Row[];
}

/** Figures of the load generator, of which there is no better or worse server. */
const OF_GENERATOR = /\/(generator|late|stall)$/;

/** A table for each group of figures, of the servers that have figures there. */
export function figureTables(figures: readonly Figure[], contestants: readonly Contestant[]): Table[] {
  return [...new Set(figures.map(({ group }) => group))].map((heading) => {
    const some = figures.filter(({ group }) => group === heading);
    const used = contestants.filter(({ name }) => some.some(({ samples }) => samples[name] !== undefined));
    const compared = some.some(({ id }) => !OF_GENERATOR.test(id));
    const rivals = compared ? used : [];
    const pairs = rivals
      .filter(isOurs)
      .flatMap((own) => rivals.filter((one) => !isOurs(one)).map((peer) => ({ own, peer })));
    const names = [
      ...used.map(({ title }) => title),
      ...pairs.map(({ own, peer }) => `${own.title.replace('ringshard, ', '')} / ${peer.title}`),
    ];
    const rows = some.map((figure) => [
      figure.label,
      ...used.map(({ name }) => valueText(figure, name)),
      ...pairs.map(({ own, peer }) => ratioText(figure, own.name, peer.name)),
    ]);
    return { heading, rows: [['', ...names], ...rows] };
  });
}

/** The median; the spread is that of the ratios, which is not the machine's but the comparison's. */
function valueText({ samples, unit, bounded }: Figure, server: string): string {
  const spread = spreadOf(samples[server] ?? []);
  return spread === undefined ? '-' : `${formatWithUnit(spread.median, unit)}${bounded.includes(server) ? ' *' : ''}`;
}

function ratioText({ id, samples }: Figure, own: string, peer: string): string {
  if (OF_GENERATOR.test(id)) return '-';
  const spread = spreadOf(ratios(samples[own] ?? [], samples[peer] ?? []));
  return spread === undefined ? '-' : formatRatios(spread);
}
