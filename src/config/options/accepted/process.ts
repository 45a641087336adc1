import { accepted } from '../../option.js';
import { oomScores } from '../../types/accepted.js';
import { INT_MAX, integer } from '../../types/number.js';
import { boolean, oneOf, text } from '../../types/text.js';

/** Redis as a process: how it starts, what it runs on, where it logs. */
export const HOST = {
  daemonize: accepted(boolean(), false, {
    fixed: true,
    refuse: (on) =>
      on ? 'this server stays in the foreground: run it under a supervisor (systemd, a container, pm2)' : undefined,
  }),
  supervised: accepted(oneOf('upstart', 'systemd', 'auto', 'no'), 'no', { fixed: true }),
  'always-show-logo': accepted(boolean(), false, { fixed: true }),
  'set-proc-title': accepted(boolean(), true, { fixed: true }),
  'proc-title-template': accepted(text(), '{title} {listen-addr} {server-mode}'),
  'ignore-warnings': accepted(text(), ''),
  'crash-log-enabled': accepted(boolean(), true),
  'crash-memcheck-enabled': accepted(boolean(), true),
  'use-exit-on-panic': accepted(boolean(), false, { hidden: true }),
  'watchdog-period': accepted(integer(0, INT_MAX), 0, { hidden: true }),
  'syslog-enabled': accepted(boolean(), false, { fixed: true }),
  'syslog-ident': accepted(text(), 'redis', { fixed: true }),
  'syslog-facility': accepted(
    oneOf('user', 'local0', 'local1', 'local2', 'local3', 'local4', 'local5', 'local6', 'local7'),
    'local0',
    { fixed: true },
  ),
  'hide-user-data-from-log': accepted(boolean(), false),
  'req-res-logfile': accepted(text(), '', { fixed: true, hidden: true }),
  hz: accepted(integer(0, INT_MAX), 10),
  'dynamic-hz': accepted(boolean(), true),
  'io-threads': accepted(integer(1, 128), 1, { fixed: true }),
  'io-threads-do-reads': accepted(boolean(), false, { fixed: true }),
  'server-cpulist': accepted(text(), '', { fixed: true, alias: 'server_cpulist' }),
  'bio-cpulist': accepted(text(), '', { fixed: true, alias: 'bio_cpulist' }),
  'aof-rewrite-cpulist': accepted(text(), '', { fixed: true, alias: 'aof_rewrite_cpulist' }),
  'bgsave-cpulist': accepted(text(), '', { fixed: true, alias: 'bgsave_cpulist' }),
  'disable-thp': accepted(boolean(), true, { fixed: true }),
  'oom-score-adj': accepted(oneOf('no', 'yes', 'relative', 'absolute'), 'no'),
  'oom-score-adj-values': accepted(oomScores(), [0, 200, 800]),
  'locale-collate': accepted(text(), ''),
};
