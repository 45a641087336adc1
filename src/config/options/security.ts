import { effective } from '../option.js';
import { boolean, oneOf, text } from '../types/text.js';

export const SECURITY = {
  requirepass: effective(text(undefined, 'a text', '<password>'), {
    default: '',
    summary: 'password that clients must give; better in a file (RINGSHARD_PASSWORD_FILE)',
    live: true,
    secret: true,
  }),
  'protected-mode': effective(boolean(), {
    default: true,
    summary: 'without a password, serve only clients on this machine',
    live: true,
  }),
  'enable-debug-command': effective(oneOf('no', 'yes', 'local'), {
    default: 'local',
    summary: 'who may use DEBUG; local: clients on this machine',
  }),
  'enable-protected-configs': effective(oneOf('no', 'yes', 'local'), {
    default: 'no',
    summary: 'who may CONFIG SET dir and dbfilename',
  }),
};
