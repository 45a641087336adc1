/** All commands that the acceptor answers itself. */
import { ACL_HANDLERS } from './acl.js';
import { CLIENT_HANDLERS } from './client.js';
import { CLIENT_KILL_HANDLERS } from './client-kill.js';
import { CLIENT_LIST_HANDLERS } from './client-list.js';
import { CLIENT_TRACKING_HANDLERS } from './client-tracking.js';
import { COMMAND_HANDLERS } from './command.js';
import { CONFIG_HANDLERS } from './config.js';
import { CONNECTION_HANDLERS } from './connection.js';
import type { Handlers } from './context.js';
import { DEBUG_HANDLERS } from './debug/index.js';
import { FUNCTION_HANDLERS } from './function.js';
import { HELP_HANDLERS } from './help.js';
import { INFO_HANDLERS } from './info/index.js';
import { LATENCY_HANDLERS } from './latency.js';
import { LOLWUT_HANDLERS } from './lolwut.js';
import { MEMORY_HANDLERS } from './memory.js';
import { PUBSUB_HANDLERS } from './pubsub.js';
import { SERVER_HANDLERS } from './server.js';
import { SLOWLOG_HANDLERS } from './slowlog.js';

export const HANDLERS: Handlers = {
  ...CONNECTION_HANDLERS,
  ...CLIENT_HANDLERS,
  ...CLIENT_KILL_HANDLERS,
  ...CLIENT_LIST_HANDLERS,
  ...CLIENT_TRACKING_HANDLERS,
  ...CONFIG_HANDLERS,
  ...INFO_HANDLERS,
  ...COMMAND_HANDLERS,
  ...HELP_HANDLERS,
  ...ACL_HANDLERS,
  ...DEBUG_HANDLERS,
  ...FUNCTION_HANDLERS,
  ...LATENCY_HANDLERS,
  ...LOLWUT_HANDLERS,
  ...MEMORY_HANDLERS,
  ...PUBSUB_HANDLERS,
  ...SERVER_HANDLERS,
  ...SLOWLOG_HANDLERS,
};
