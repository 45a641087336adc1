import { accepted } from '../../option.js';
import { savePoints } from '../../types/accepted.js';
import { INT_MAX, INT_MIN, integer, memory } from '../../types/number.js';
import { anyOf, boolean, fileName, oneOf, text } from '../../types/text.js';

const MIB = 1024 ** 2;

/** Redis's snapshots and append only file, and where they lie. */
export const PERSISTENCE = {
  // Not Redis's default: who asks is told the truth, that nothing is saved.
  save: accepted(savePoints(), []),
  dir: accepted(text(), (machine) => machine.directory, { protected: true }),
  dbfilename: accepted(fileName("dbfilename can't be a path, just a filename"), 'dump.rdb', { protected: true }),
  rdbcompression: accepted(boolean(), true),
  rdbchecksum: accepted(boolean(), true, { fixed: true }),
  'rdb-del-sync-files': accepted(boolean(), false),
  'rdb-save-incremental-fsync': accepted(boolean(), true),
  'rdb-key-save-delay': accepted(integer(INT_MIN, INT_MAX), 0, { hidden: true }),
  'key-load-delay': accepted(integer(INT_MIN, INT_MAX), 0, { hidden: true }),
  'loading-process-events-interval-bytes': accepted(memory(1024, INT_MAX), 2 * MIB, { hidden: true }),
  'stop-writes-on-bgsave-error': accepted(boolean(), true),
  'sanitize-dump-payload': accepted(oneOf('no', 'yes', 'clients'), 'no'),
  appendonly: accepted(boolean(), false, {
    // In a file it is one of the names in the warning at the start. Here OK would be all that is said, and a lie.
    refuse: (on, when) => (on && when === 'live' ? 'the append only file is not supported' : undefined),
  }),
  appendfilename: accepted(fileName("appendfilename can't be a path, just a filename"), 'appendonly.aof', {
    fixed: true,
  }),
  appenddirname: accepted(fileName("appenddirname can't be a path, just a dirname"), 'appendonlydir', { fixed: true }),
  appendfsync: accepted(oneOf('everysec', 'always', 'no'), 'everysec'),
  'no-appendfsync-on-rewrite': accepted(boolean(), false),
  'auto-aof-rewrite-percentage': accepted(integer(0, INT_MAX), 100),
  'auto-aof-rewrite-min-size': accepted(memory(0), 64 * MIB),
  'aof-load-truncated': accepted(boolean(), true),
  'aof-use-rdb-preamble': accepted(boolean(), true),
  'aof-timestamp-enabled': accepted(boolean(), false),
  'aof-rewrite-incremental-fsync': accepted(boolean(), true),
  'aof-disable-auto-gc': accepted(boolean(), false, { hidden: true }),
  'shutdown-on-sigint': shutdownFlags(),
  'shutdown-on-sigterm': shutdownFlags(),
};

function shutdownFlags() {
  return accepted(anyOf('default', 'save', 'nosave', 'now', 'force'), [], {
    refuse: (flags) =>
      flags.includes('save') && flags.includes('nosave')
        ? "shutdown options SAVE and NOSAVE can't be used simultaneously"
        : undefined,
  });
}
