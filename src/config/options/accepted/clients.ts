import { accepted } from '../../option.js';
import { integer, LONG_MAX, octal, UINT_MAX } from '../../types/number.js';
import { boolean, oneOf, text } from '../../types/text.js';

/** Clients, scripts, access lists and notifications. */
export const CLIENTS = {
  unixsocket: accepted(text(), '', { fixed: true }),
  unixsocketperm: accepted(octal(0, 0o777), 0, { fixed: true }),
  'bind-source-addr': accepted(text(), ''),
  'socket-mark-id': accepted(integer(0, UINT_MAX), 0, { fixed: true }),
  'max-new-connections-per-cycle': accepted(integer(1, 1000), 10),
  'max-new-tls-connections-per-cycle': accepted(integer(1, 1000), 1),
  'client-default-resp': accepted(integer(2, 3), 2, { fixed: true, hidden: true }),
  'busy-reply-threshold': accepted(integer(0, LONG_MAX), 5000, { alias: 'lua-time-limit' }),
  'lua-enable-deprecated-api': accepted(boolean(), false, { fixed: true, hidden: true }),
  'enable-module-command': accepted(oneOf('no', 'yes', 'local'), 'no', { fixed: true }),
  aclfile: accepted(text(), '', {
    fixed: true,
    // Who writes rules into a file relies on them.
    refuse: (path) => (path === '' ? undefined : 'access lists are not supported: use requirepass'),
  }),
  'acllog-max-len': accepted(integer(0, LONG_MAX), 128),
  'acl-pubsub-default': accepted(oneOf('allchannels', 'resetchannels'), 'resetchannels'),
};
