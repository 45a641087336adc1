/** ACL: there is one user, `default`, who may do everything; these commands say so. */
import { createHash } from 'node:crypto';
import { CATEGORIES } from '../../commands/spec.js';
import { PUBLIC_COMMANDS } from '../../commands/table.js';
import { Failure } from '../../message/value.js';
import { wrongArguments } from './arguments.js';
import type { Answer, CommandContext, Handlers } from './context.js';

/** Longest part of a client's word that an error shows, as in Redis. */
const SHOWN_MAX = 128;

/** The rules of the user, as Redis would write them into its ACL file. The password is shown as its SHA-256 only. */
function list({ server }: CommandContext): Answer {
  const { requirepass } = server.config.current;
  const hash = createHash('sha256').update(requirepass).digest('hex');
  const password = requirepass === '' ? 'nopass sanitize-payload' : `sanitize-payload #${hash}`;
  return [`user default on ${password} ~* &* +@all`];
}

/** The names of all categories, or of the commands of one. */
function cat({ words }: CommandContext): Answer {
  const [word] = words;
  if (word === undefined) return CATEGORIES;
  if (words.length > 1) return wrongArguments('acl', 'cat');
  const category = CATEGORIES.find((name) => name === word.toLowerCase());
  if (category === undefined) return new Failure(`ERR Unknown category '${word.slice(0, SHOWN_MAX)}'`);
  return PUBLIC_COMMANDS.flatMap((command) => [command, ...command.subcommands.values()])
    .filter(({ categories }) => categories.includes(category))
    .map(({ name }) => name);
}

export const ACL_HANDLERS: Handlers = {
  'acl|cat': cat,
  'acl|list': list,
  'acl|users': () => ['default'],
  'acl|whoami': ({ client }) => client.user,
};
