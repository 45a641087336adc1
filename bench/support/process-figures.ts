/** What the operating system knows of a process: CPU time and resident memory. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** Clock ticks a second in /proc/<pid>/stat: 100 on every Linux. */
const TICKS = 100;
const IS_LINUX = process.platform === 'linux';

/** CPU time that a process has used so far (user and system, all threads), in seconds; undefined if not known. */
export function cpuSeconds(pid: number): number | undefined {
  try {
    return IS_LINUX ? (cpuOfThreads(pid) ?? cpuOfStat(pid, 11)) : cpuOfPs(pid);
  } catch {
    return undefined;
  }
}

/** CPU time of this process's children that have ended, in seconds; Linux only. */
export function endedChildrenCpuSeconds(): number | undefined {
  try {
    return IS_LINUX ? cpuOfStat(process.pid, 13) : undefined;
  } catch {
    return undefined;
  }
}

/** The scheduler's own account, in nanoseconds; a thread that ends takes its share with it, and servers' threads stay. */
function cpuOfThreads(pid: number): number | undefined {
  let sum = 0;
  try {
    for (const thread of readdirSync(`/proc/${pid}/task`)) {
      sum += Number.parseInt(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'latin1'), 10);
    }
  } catch {
    return undefined;
  }
  return sum > 0 ? sum / 1e9 : undefined;
}

/** utime + stime, or cutime + cstime: `field` is the first one's place behind the name, which may hold anything. */
function cpuOfStat(pid: number, field: number): number {
  const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[field]) + Number(fields[field + 1])) / TICKS;
}

/** `[[days-]hours:]minutes:seconds` of ps. */
function cpuOfPs(pid: number): number | undefined {
  const text = execFileSync('ps', ['-o', 'time=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  const match = /^(?:(?:(\d+)-)?(\d+):)?(\d+):([\d.]+)$/.exec(text);
  if (match === null) return undefined;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((part) => Number(part ?? 0));
  return ((days * 24 + hours) * 60 + minutes) * 60 + seconds;
}

/** Resident memory of a process in bytes; undefined if not known. */
export function residentBytes(pid: number): number | undefined {
  try {
    if (!IS_LINUX) {
      return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) * 1024;
    }
    const match = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'));
    return match === null ? undefined : Number(match[1]) * 1024;
  } catch {
    return undefined;
  }
}
