import { manyWords, type OptionType, reading, replace, Unreadable, wordsSchema } from './type.js';

/** Percentiles such as 50, 99 and 99.9. */
export function percentiles(): OptionType<readonly number[]> {
  return manyWords<readonly number[]>({
    kind: 'percentiles',
    placeholder: '<numbers>',
    expects: 'numbers between 0 and 100',
    schema: () => reading(wordsSchema(), readPercentiles),
    combine: replace,
    format: (value) => value.map((percentile) => String(Number(percentile.toFixed(6)))).join(' '),
  });
}

function readPercentiles(words: readonly string[]): readonly number[] | Unreadable {
  if (words.length === 1 && words[0] === '') return [];
  const numbers: number[] = [];
  for (const word of words) {
    const number = word.trim() === word && word !== '' ? Number(word) : Number.NaN;
    if (Number.isNaN(number)) return new Unreadable('Invalid latency-tracking-info-percentiles parameters');
    if (number < 0 || number > 100) {
      return new Unreadable('latency-tracking-info-percentiles parameters should sit between [0.0,100.0]');
    }
    numbers.push(number);
  }
  return numbers;
}
