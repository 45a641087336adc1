import { z } from 'zod';
import { type OptionType, oneWord, reading, Unreadable } from './type.js';

/** Classes of events that `A` stands for, in the order in which they are shown. */
const ALL = 'g$lshzxetd';
/** What `A` leaves out: new keys; then the two ways to publish, and misses. Shown last. */
const OTHERS = 'nKEm';

/** Letters that choose keyspace notifications. */
export function keyspaceEvents(): OptionType<string> {
  return oneWord({
    kind: 'keyspace-events',
    placeholder: '<classes>',
    expects: "letters out of 'Ag$lshzxeKEtmdn'",
    schema: () => reading(z.string(), readEvents),
    format: (value) => value,
  });
}

/** The letters in Redis's order, shortened to `A` where all of those are meant. */
function readEvents(letters: string): string | Unreadable {
  if (/[^Ag$lshzxeKEtmdn]/.test(letters)) {
    return new Unreadable("Invalid event class character. Use 'Ag$lshzxeKEtmdn'.");
  }
  const chosen = new Set(letters.replace('A', () => ALL));
  const shown = (classes: string) => [...classes].filter((letter) => chosen.has(letter)).join('');
  return (shown(ALL) === ALL ? 'A' : shown(ALL)) + shown(OTHERS);
}
