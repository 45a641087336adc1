/**
 * Runs what the command line asks for. Exit codes: 0, 1 for what went wrong at run time, 2 for wrong usage; load has more.
 * The server and the load generator are each loaded only for those who ask for them.
 */
import { VERSION } from '../version.js';
import { fail } from './fail.js';
import { loadArguments } from './load-arguments.js';

export async function run(args: readonly string[]): Promise<void> {
  const load = loadArguments(args);
  if (load !== undefined) {
    const { runLoad } = await import('../load/main.js');
    process.exitCode = await runLoad(load);
    return;
  }
  const { parseCommandLine } = await import('./parse-command-line.js');
  const line = parseCommandLine(args);
  if (line.kind === 'help') process.stdout.write(line.text);
  else if (line.kind === 'version') process.stdout.write(`ringshard ${VERSION}\n`);
  else if (line.kind === 'error') fail(line.message, line.exitCode);
  else {
    const { serve } = await import('./serve.js');
    await serve(line.config, line.file, line.warnings);
  }
}
