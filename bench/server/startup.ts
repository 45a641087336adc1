/** From the start of the process until the server says that it accepts connections. */
import { type Context, commandOf, inTurn, isWanted, say, withServers } from './context.js';

const SECTION = 'startup';

export async function measureStartup(context: Context): Promise<void> {
  if (!isWanted(context, SECTION)) return;
  say('start-up\n');
  const text = { id: `${SECTION}/ready`, group: 'Start-up', label: 'process start to ready', unit: 'ms' } as const;
  for (let round = 0; round < context.options.rounds; round++) {
    for (const server of inTurn(context.servers, round)) {
      await context.figures.attempt(`${SECTION}, ${server}`, () =>
        withServers([commandOf(server, '3gb')], async ([running]) => {
          context.figures.add(text, server, round, running?.readyMs);
        }),
      );
    }
  }
}
