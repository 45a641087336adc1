/** COMMAND: what the command table says about the commands. */
import { commandDocs } from '../../commands/command-docs.js';
import { commandCount, commandInfos, commandList } from '../../commands/command-info.js';
import { commandKeys } from '../../commands/command-keys.js';
import type { Handlers } from './context.js';

export const COMMAND_HANDLERS: Handlers = {
  command: () => commandInfos([]),
  'command|count': commandCount,
  'command|docs': ({ words }) => commandDocs(words),
  'command|getkeys': ({ args }) => commandKeys(args, false),
  'command|getkeysandflags': ({ args }) => commandKeys(args, true),
  'command|info': ({ words }) => commandInfos(words),
  'command|list': ({ words }) => commandList(words),
};
