/** LCS by the textbook's table. */
import { parseInteger, textOf } from './parse.js';
import { array, bulk, type Expected, error, integer, map, NOT_INTEGER, SYNTAX } from './reply.js';
import { key, type Rules } from './rule.js';
import type { Model } from './state.js';

interface Match {
  readonly a: readonly [number, number];
  readonly b: readonly [number, number];
  readonly length: number;
}

function table(a: Buffer, b: Buffer): number[][] {
  const lengths = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (let i = 1; i <= a.length; i++) {
    const [above, row] = [lengths[i - 1], lengths[i]] as [number[], number[]];
    for (let j = 1; j <= b.length; j++) {
      row[j] =
        a[i - 1] === b[j - 1] ? (above[j - 1] as number) + 1 : Math.max(above[j] as number, row[j - 1] as number);
    }
  }
  return lengths;
}

/** From the end to the beginning, as Redis goes; the matches are runs of common bytes. */
function walkBack(a: Buffer, b: Buffer, lengths: number[][]): { text: Buffer; matches: Match[] } {
  const bytes: number[] = [];
  const matches: Match[] = [];
  let run = 0;
  let [i, j] = [a.length, b.length];
  const endRun = () => {
    if (run > 0) matches.push({ a: [i, i + run - 1], b: [j, j + run - 1], length: run });
    run = 0;
  };
  while (i > 0 && j > 0) {
    if (a[i - 1] === b[j - 1]) {
      bytes.push(a[i - 1] as number);
      run++;
      i--;
      j--;
    } else {
      endRun();
      if ((lengths[i - 1]?.[j] as number) > (lengths[i]?.[j - 1] as number)) i--;
      else j--;
    }
  }
  endRun();
  return { text: Buffer.from(bytes.reverse()), matches };
}

function lcs(model: Model, args: readonly Buffer[]): Expected {
  let minimum = 0n;
  const words = new Set<string>();
  for (let i = 2; i < args.length; i++) {
    const word = textOf(args[i] as Buffer).toUpperCase();
    if (word === 'MINMATCHLEN' && i + 1 < args.length) {
      const value = parseInteger(args[++i] as Buffer);
      if (value === undefined) return NOT_INTEGER;
      minimum = value < 0n ? 0n : value;
    } else if (word === 'LEN' || word === 'IDX' || word === 'WITHMATCHLEN') {
      words.add(word);
    } else {
      return SYNTAX;
    }
  }
  if (words.has('LEN') && words.has('IDX')) {
    return error('ERR If you want both the length and indexes, please just use IDX.');
  }
  const a = model.valueOf(key(args));
  const b = model.valueOf(key(args, 1));
  const { text, matches } = walkBack(a, b, table(a, b));
  if (words.has('LEN')) return integer(text.length);
  if (!words.has('IDX')) return bulk(text);
  const range = ([from, to]: readonly [number, number]) => array([integer(from), integer(to)]);
  const shown = matches
    .filter(({ length }) => BigInt(length) >= minimum)
    .map((match) => {
      const length = words.has('WITHMATCHLEN') ? [integer(match.length)] : [];
      return array([range(match.a), range(match.b), ...length]);
    });
  return map([bulk('matches'), array(shown), bulk('len'), integer(text.length)], model.protocol);
}

export const LCS: Rules = { lcs };
