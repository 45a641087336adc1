/** From the bytes of requests to frames, beside what redis-parser makes of them. Ours hashes the keys and routes too. */
import Parser from 'redis-parser';
import { EnginePair } from '../../support/engine-pair.js';
import { Pipeline, valueText } from '../../support/requests.js';
import type { Case, Settings, Suite } from '../suite.js';

const DEPTH = 16;
const KEYS = { prefix: 'key:', count: 1_000_000 };
const WORKLOADS = [
  { name: 'GET', command: 'GET', rest: [] },
  { name: 'SET, 64 bytes', command: 'SET', rest: [valueText(64)] },
  { name: 'SET, 1 KiB', command: 'SET', rest: [valueText(1024)] },
];

export function framingSuites({ smoke }: Settings): (() => Suite)[] {
  return WORKLOADS.slice(0, smoke ? 1 : undefined).map((workload) => () => {
    const { bytes } = new Pipeline(workload.command, KEYS, workload.rest, DEPTH);
    return {
      name: `Framing: ${workload.name}, ${DEPTH} at a time`,
      item: 'request',
      cases: [() => ours(bytes), () => parsers(bytes)],
    };
  });
}

function ours(bytes: Buffer): Case {
  const pair = new EnginePair();
  const start = pair.place(bytes);
  const end = start + bytes.byteLength;
  return {
    name: 'ours, with hash and route',
    items: DEPTH,
    run: () => {
      if (pair.frame(start, end) !== DEPTH) throw new Error('requests are missing');
      pair.dropStaged();
    },
  };
}

function parsers(bytes: Buffer): Case {
  let count = 0;
  const parser = new Parser({
    returnBuffers: true,
    returnReply: () => {
      count++;
    },
    returnError: (error) => {
      throw error;
    },
  });
  return {
    name: 'redis-parser',
    items: DEPTH,
    run: () => {
      count = 0;
      parser.execute(bytes);
      if (count !== DEPTH) throw new Error('requests are missing');
    },
  };
}
