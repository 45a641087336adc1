/** GET and SET of random keys: the engine with frames, beside a Map, which is what JavaScript would do. */
import { EnginePair } from '../../support/engine-pair.js';
import { Chance, type Keys, keyOf, Pipeline, valueText } from '../../support/requests.js';
import type { Case, Settings, Suite } from '../suite.js';

const DEPTH = 64;
const VALUE_BYTES = 64;
/** Batches that are prepared: enough that caches do not hold their keys. */
const BATCHES = 2048;
const SMOKE_BATCHES = 8;

interface Load {
  readonly keys: Keys;
  /** Numbers of keys, `DEPTH` for each batch. */
  readonly drawn: readonly number[];
  readonly batches: number;
}

export function keyspaceSuites({ smoke }: Settings): (() => Suite)[] {
  const count = smoke ? 1000 : 1_000_000;
  const batches = smoke ? SMOKE_BATCHES : BATCHES;
  return (['GET', 'SET'] as const).map((command) => () => {
    const chance = new Chance(5);
    const drawn = Array.from({ length: batches * DEPTH }, () => chance.below(count));
    const load: Load = { keys: { prefix: 'key:', count }, drawn, batches };
    return {
      name: `${command}: ${count.toLocaleString('en-US')} keys of 16 bytes, values of ${VALUE_BYTES} bytes`,
      item: 'command',
      cases: [
        () => engineCase(command, load),
        () => mapCase(command, load, 'strings'),
        () => mapCase(command, load, 'bytes'),
      ],
    };
  });
}

function engineCase(command: 'GET' | 'SET', { keys, drawn, batches }: Load): Case {
  const pair = new EnginePair();
  fill(pair, keys);
  const rest = command === 'SET' ? [valueText(VALUE_BYTES)] : [];
  const pipeline = new Pipeline(command, keys, rest, DEPTH);
  const framed = Array.from({ length: batches }, (_, n) => {
    for (let i = 0; i < DEPTH; i++) pipeline.setKey(i, drawn[n * DEPTH + i] as number);
    const at = pair.place(pipeline.bytes);
    pair.frame(at, at + pipeline.bytes.byteLength);
    const { start, end } = pair.staged;
    const batch = pair.acceptor.bytes.slice(start, end);
    pair.dropStaged();
    return batch;
  });
  let n = 0;
  return {
    name: 'the engine: from frames to replies',
    items: DEPTH,
    run: () => {
      pair.execute(framed[n++ % batches] as Uint8Array, Date.now());
    },
  };
}

function fill(pair: EnginePair, keys: Keys): void {
  const pipeline = new Pipeline('SET', keys, [valueText(VALUE_BYTES)], DEPTH);
  for (let from = 0; from < keys.count; from += DEPTH) {
    for (let i = 0; i < DEPTH; i++) pipeline.setKey(i, Math.min(from + i, keys.count - 1));
    const at = pair.place(pipeline.bytes);
    pair.serve(at, at + pipeline.bytes.byteLength, Date.now());
  }
}

/** Keys as strings that are there already, or as bytes of a request, which have to become strings first. */
function mapCase(command: 'GET' | 'SET', { keys, drawn, batches }: Load, from: 'strings' | 'bytes'): Case {
  const value = Buffer.alloc(VALUE_BYTES, 'x');
  const map = new Map<string, Buffer>();
  for (let i = 0; i < keys.count; i++) map.set(keyOf(keys, i), Buffer.from(value));
  const texts = drawn.map((index) => keyOf(keys, index));
  const bytes = texts.map((text) => Buffer.from(text, 'latin1'));
  const keyAt =
    from === 'strings' ? (i: number) => texts[i] as string : (i: number) => (bytes[i] as Buffer).toString('latin1');
  let n = 0;
  let found = 0;
  const use = (key: string) => {
    if (command === 'SET') map.set(key, Buffer.from(value));
    else found += (map.get(key) as Buffer).length;
  };
  return {
    name: from === 'strings' ? 'Map, keys that are strings already' : 'Map, keys from bytes',
    items: DEPTH,
    run: () => {
      const start = (n++ % batches) * DEPTH;
      for (let i = start; i < start + DEPTH; i++) use(keyAt(i));
      if (found < 0) throw new Error('no value was found');
    },
  };
}
