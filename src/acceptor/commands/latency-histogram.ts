/** LATENCY HISTOGRAM: how many calls of each command took how long, as a cumulative distribution. */
import { commandByFullName } from '../../commands/table.js';
import type { Value } from '../../message/value.js';
import type { CommandFigures } from '../command-stats.js';

type Figures = ReadonlyMap<string, CommandFigures>;

/** A map from names to calls and histograms: of the commands named and their subcommands, or of all. */
export function histograms(figures: Figures, names: readonly string[]): Value {
  const reply = new Map<Value, Value>();
  for (const name of names.length === 0 ? figures.keys() : namesOf(names)) {
    const found = figures.get(name);
    if (found === undefined || found.calls === 0) continue;
    reply.set(
      name,
      new Map<Value, Value>([
        ['calls', found.calls],
        ['histogram_usec', distribution(found)],
      ]),
    );
  }
  return reply;
}

/** Full names of the commands and of their subcommands. What is no command is passed over. */
function namesOf(words: readonly string[]): Iterable<string> {
  return words.flatMap((word) => {
    const command = commandByFullName(word);
    return command === undefined ? [] : [command.name, ...[...command.subcommands.values()].map(({ name }) => name)];
  });
}

/**
 * From microseconds to the calls that took no longer. The engine times a sample of its commands; what was timed stands
 * for all calls.
 */
function distribution({ calls, histogram }: CommandFigures): ReadonlyMap<Value, Value> {
  const samples = histogram.reduce((total, n) => total + n, 0);
  const reached = new Map<Value, Value>();
  let sum = 0;
  for (const [i, n] of histogram.entries()) {
    sum += n;
    // Buckets 0 and 1 are both of up to a microsecond.
    if (n > 0) reached.set(2 ** Math.max(0, i - 1), Math.round((sum * calls) / samples));
  }
  return reached;
}
