import type { Arg } from '../../support/resp.js';
import type { Tools, Weighted } from './command.js';

function range({ random, values }: Tools): Arg[] {
  const args: Arg[] = [values.integer()];
  if (random.chance(0.95)) args.push(values.integer());
  if (args.length === 2 && random.chance(0.5)) args.push(values.word(['BYTE', 'BIT', 'BIT']));
  return args;
}

function fieldType({ random }: Tools): string {
  if (random.chance(0.03)) return random.pick(['u64', 'i65', 'u0', 'x8', 'i', 'u01']);
  return random.chance(0.5) ? `u${random.between(1, 63)}` : `i${random.between(1, 64)}`;
}

function fieldOperation(tools: Tools): Arg[] {
  const { random, values } = tools;
  const offset = random.chance(0.3) ? `#${random.below(20)}` : values.bitOffset();
  const kind = values.word(['GET', 'SET', 'INCRBY']);
  const overflow = random.chance(0.3) ? ['OVERFLOW', values.word(['WRAP', 'SAT', 'FAIL'])] : [];
  const number = kind.toUpperCase() === 'GET' ? [] : [values.integer()];
  return [...overflow, kind, fieldType(tools), offset, ...number];
}

function bitfield(tools: Tools): Arg[] {
  const { random, values } = tools;
  const operations = Array.from({ length: random.below(5) }, () => fieldOperation(tools)).flat();
  return ['BITFIELD', values.key(), ...operations];
}

function bitfieldRo(tools: Tools): Arg[] {
  const { random, values } = tools;
  const gets = Array.from({ length: random.below(4) }, () => ['GET', fieldType(tools), values.bitOffset()]).flat();
  return ['BITFIELD_RO', values.key(), ...gets, ...(random.chance(0.05) ? ['SET', 'u8', '0', '1'] : [])];
}

function bitop({ random, values }: Tools): Arg[] {
  const operation = random.chance(0.02) ? 'NAND' : values.word(['AND', 'OR', 'XOR', 'NOT']);
  const sources = operation.toUpperCase() === 'NOT' && random.chance(0.9) ? [values.key()] : values.keys(5);
  return ['BITOP', operation, values.key(), ...sources];
}

export const BITS: Weighted = [
  [
    6,
    ({ values, random }) => ['SETBIT', values.key(), values.bitOffset(), random.chance(0.03) ? '2' : random.below(2)],
  ],
  [4, ({ values }) => ['GETBIT', values.key(), values.bitOffset()]],
  [5, (tools) => ['BITCOUNT', tools.values.key(), ...(tools.random.chance(0.5) ? [] : range(tools))]],
  [
    6,
    (tools) => {
      const { random, values } = tools;
      const bit = random.chance(0.03) ? random.pick(['2', 'x']) : random.below(2);
      return ['BITPOS', values.key(), bit, ...(random.chance(0.4) ? [] : range(tools))];
    },
  ],
  [5, bitop],
  [8, bitfield],
  [3, bitfieldRo],
];
