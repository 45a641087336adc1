/** Tells whether a command line is about the load generator, before anything is loaded for it. */

/** What `load` gets; undefined when it is about something else. */
export function loadArguments(args: readonly string[]): readonly string[] | undefined {
  if (args[0] === 'load') return args.slice(1);
  return args[0] === 'help' && args[1] === 'load' ? [...args.slice(2), '--help'] : undefined;
}
