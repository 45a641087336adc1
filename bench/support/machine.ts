/** Says what was measured on: figures mean nothing without it. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, release, totalmem, type } from 'node:os';

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGib: number;
  readonly system: string;
  readonly node: string;
  readonly ringshard: string;
  /** Versions of the programs that are compared with, by name. */
  readonly peers: Readonly<Record<string, string>>;
}

export function describeMachine(peers: Readonly<Record<string, string>> = {}): Machine {
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown CPU',
    cores: availableParallelism(),
    memoryGib: Math.round(totalmem() / 1024 ** 3),
    system: `${type()} ${release()} ${process.arch}`,
    node: process.version,
    ringshard: ringshardVersion(),
    peers,
  };
}

export function machineLine({ cpu, cores, memoryGib, system, node, ringshard, peers }: Machine): string {
  const versions = Object.entries(peers).map(([name, version]) => `${name} ${version}`);
  return [
    `${cpu}, ${cores} cores, ${memoryGib} GiB`,
    system,
    `Node ${node}`,
    `ringshard ${ringshard}`,
    ...versions,
  ].join('; ');
}

function ringshardVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

/** The version that a program prints with `--version`; undefined when it is not installed. */
export function versionOf(program: string): string | undefined {
  try {
    const text = execFileSync(program, ['--version'], { encoding: 'utf8', timeout: 5000 });
    return /\d+\.\d+\.\d+/.exec(text)?.[0] ?? 'of unknown version';
  } catch {
    return undefined;
  }
}
