/** `POST /dashboard/commands`: reading commands, and with `http-writes` any. */
import { jsonOf } from '../body.js';
import type { HttpContext } from '../context.js';
import { Problem } from '../problem.js';
import { explain } from '../validation.js';
import { runCommands } from './commands.js';
import { CommandsRequest } from './schemas.js';

export async function runDashboardCommands(
  context: HttpContext,
  body: Buffer,
  db: string | undefined,
): Promise<object> {
  const asked = CommandsRequest.safeParse(jsonOf(body));
  if (!asked.success) throw new Problem(400, explain(asked.error));
  try {
    return await runCommands(context, asked.data, 'utf8', db, context.server.config.current.httpWrites);
  } catch (error) {
    // A command that is refused is a reply like any other there.
    if (error instanceof Problem) return { error: { code: 'REFUSED', message: error.message } };
    throw error;
  }
}
