import { z } from 'zod';
import { type OptionType, oneWord, reading, Unreadable } from './type.js';

/** A port that the server chooses by itself, and can do without. */
export const AUTO = 'auto';

const PORT_MAX = 65535;

/** A port, 0 for none, or the word `auto`. */
export function portOrAuto(): OptionType<number | typeof AUTO> {
  return oneWord<number | typeof AUTO>({
    kind: 'port-or-auto',
    placeholder: '<port|auto>',
    expects: `auto or an integer between 0 and ${PORT_MAX}`,
    schema: () => reading(z.string(), readPort),
    format: String,
  });
}

function readPort(text: string): number | typeof AUTO | Unreadable {
  if (text === AUTO) return AUTO;
  const port = Number(text);
  if (/^(0|[1-9]\d*)$/.test(text) && port <= PORT_MAX) return port;
  return new Unreadable(`argument must be auto or between 0 and ${PORT_MAX} inclusive`);
}
