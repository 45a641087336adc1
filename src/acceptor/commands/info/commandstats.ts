/** INFO commandstats: calls and time of each command that was used, subcommands as `config|get`. */
import type { CommandFigures } from '../../command-stats.js';
import type { Fields, Section } from './section.js';
import { ratio } from './units.js';

export function commandFields(figures: ReadonlyMap<string, CommandFigures>): Fields {
  return Object.fromEntries([...figures].map(([name, of]) => [`cmdstat_${name}`, textOf(of)]));
}

/** The time of commands that shards run is an estimate from a sample (wasm/meter.ts). */
function textOf({ calls, micros, rejected, failed }: CommandFigures): string {
  const usec = Math.round(micros);
  return `calls=${calls},usec=${usec},usec_per_call=${ratio(micros, calls)},rejected_calls=${rejected},failed_calls=${failed}`;
}

export const COMMANDSTATS: Section = {
  names: ['commandstats'],
  title: 'Commandstats',
  isDefault: false,
  fields: ({ stats }) => commandFields(stats.figures()),
};
