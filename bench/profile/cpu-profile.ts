/** Reads what `node --cpu-prof` has written, a file for each thread: how long each function ran itself. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A .cpuprofile, as far as it is used here. */
interface Profile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  }[];
  readonly samples: readonly number[];
  /** Microseconds between two samples. */
  readonly timeDeltas: readonly number[];
}

interface SelfTime {
  readonly name: string;
  /** File and line; empty for what is part of Node. */
  readonly place: string;
  readonly ms: number;
}

export interface ThreadProfile {
  /** 0 is the main thread, the acceptor. */
  readonly thread: number;
  /** In which something ran. */
  readonly busyMs: number;
  /** In which the event loop waited, or the thread slept until its doorbell rang. */
  readonly idleMs: number;
  /** Most first. */
  readonly functions: readonly SelfTime[];
}

const FILE = /^CPU\.\d+\.\d+\.\d+\.(\d+)\.\d+\.cpuprofile$/;
/** In which V8 waits for work. */
const IDLE = '(idle)';
const DOORBELL = 'ring/doorbell.js:';
const ENGINE_FUNCTION = /^wasm-function\[(\d+)\]$/;

/** Names of the engine's functions, as far as they are known, by number. */
export type EngineNames = ReadonlyMap<number, string>;

export function readProfiles(directory: string, names: EngineNames): ThreadProfile[] {
  const threads: ThreadProfile[] = [];
  for (const file of readdirSync(directory)) {
    const thread = FILE.exec(file)?.[1];
    if (thread === undefined) continue;
    const profile = JSON.parse(readFileSync(join(directory, file), 'utf8')) as Profile;
    threads.push(summarise(Number(thread), profile, names));
  }
  return threads.sort((a, b) => a.thread - b.thread);
}

function summarise(thread: number, { nodes, samples, timeDeltas }: Profile, names: EngineNames): ThreadProfile {
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  const times = new Map<string, { -readonly [K in keyof SelfTime]: SelfTime[K] }>();
  let idleMs = 0;
  let busyMs = 0;
  for (const [i, id] of samples.entries()) {
    const frame = frames.get(id);
    // A sample stands for the time until the next one.
    const ms = (timeDeltas[i + 1] ?? 0) / 1000;
    if (frame === undefined) continue;
    const place = placeOf(frame);
    if (frame.functionName === IDLE || (frame.functionName === 'wait' && place.startsWith(DOORBELL))) {
      idleMs += ms;
      continue;
    }
    busyMs += ms;
    const name = nameOf(frame, names);
    const key = `${name} ${place}`;
    const time = times.get(key) ?? { name, place, ms: 0 };
    time.ms += ms;
    times.set(key, time);
  }
  return { thread, busyMs, idleMs, functions: [...times.values()].sort((a, b) => b.ms - a.ms) };
}

function nameOf({ functionName }: Profile['nodes'][number]['callFrame'], names: EngineNames): string {
  const index = ENGINE_FUNCTION.exec(functionName)?.[1];
  if (index !== undefined) return names.get(Number(index)) ?? functionName;
  return functionName === '' ? '(anonymous)' : functionName;
}

/** The last two parts of the path, and the line. */
function placeOf({ url, lineNumber }: Profile['nodes'][number]['callFrame']): string {
  if (url === '') return '';
  if (url.startsWith('wasm:')) return 'engine';
  const short = url.startsWith('node:') ? url : url.split('/').slice(-2).join('/');
  return `${short}:${lineNumber + 1}`;
}
