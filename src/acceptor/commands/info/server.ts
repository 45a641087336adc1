/** INFO server: versions, the process, its address, its age. What a Node program has none of is left out. */
import { machine, release, type } from 'node:os';
import { resolve } from 'node:path';
import { REDIS_VERSION, VERSION } from '../../../version.js';
import type { ServerParts } from '../context.js';
import type { Fields, Section } from './section.js';

const DAY_SECONDS = 86400;
/** Redis's clock of last uses has 24 bits of seconds. */
const LRU_CLOCK_MASK = 2 ** 24 - 1;

function fields({ config, runId, since, now, addresses }: ServerParts): Fields {
  const time = now();
  const uptime = Math.max(0, Math.floor((time - since) / 1000));
  const listening = addresses();
  const { hz, port } = config.current;
  return {
    redis_version: REDIS_VERSION,
    redis_git_sha1: '00000000',
    redis_git_dirty: 0,
    redis_build_id: VERSION,
    ringshard_version: VERSION,
    node_version: process.versions.node,
    redis_mode: 'standalone',
    os: `${type()} ${release()} ${machine()}`,
    arch_bits: 64,
    multiplexing_api: 'libuv',
    process_id: process.pid,
    process_supervised: 'no',
    run_id: runId,
    tcp_port: listening[0]?.port ?? port,
    server_time_usec: time * 1000,
    uptime_in_seconds: uptime,
    uptime_in_days: Math.floor(uptime / DAY_SECONDS),
    hz,
    configured_hz: hz,
    lru_clock: Math.floor(time / 1000) & LRU_CLOCK_MASK,
    executable: resolve(process.argv[1] ?? process.execPath),
    config_file: config.file === undefined ? '' : resolve(config.file),
    io_threads_active: 0,
    ...Object.fromEntries(
      listening.map(({ host, port: own }, i) => [`listener${i}`, `name=tcp,bind=${host},port=${own}`]),
    ),
  };
}

export const SERVER: Section = { names: ['server'], title: 'Server', isDefault: true, fields };
