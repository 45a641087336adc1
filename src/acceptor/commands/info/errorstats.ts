/** INFO errorstats: how often each kind of error was replied, by the error's first word. */
import type { Fields, Section } from './section.js';

export function errorFields(errors: ReadonlyMap<string, number>): Fields {
  const codes = [...errors.keys()].sort();
  return Object.fromEntries(codes.map((code) => [`errorstat_${code}`, `count=${errors.get(code)}`]));
}

export const ERRORSTATS: Section = {
  names: ['errorstats'],
  title: 'Errorstats',
  isDefault: true,
  fields: ({ stats }) => errorFields(stats.errors()),
};
