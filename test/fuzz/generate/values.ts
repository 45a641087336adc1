/** Keys, values and numbers, of the kinds that break things. */
import type { Random } from '../../support/random.js';

const WORDS = [
  '',
  '0',
  '-1',
  '10',
  '9223372036854775807',
  '-9223372036854775808',
  '00',
  '+1',
  ' 1',
  'hello',
  '\r\n',
  '*',
];
const NUMBERS = ['0', '1', '-1', '2', '7', '8', '100', '9223372036854775807', '-9223372036854775808'];
const NOT_NUMBERS = ['', 'x', '1.5', '01', '+1', '9223372036854775808', ' 1', '-'];

export interface Sizes {
  /** How many different keys there are. */
  readonly keys: number;
  /** Longest value that a command brings. */
  readonly valueMax: number;
}

/** A name of the key with that number: most are short, some too long for a byte, few larger than a ring record. */
function keyName(number: number): string {
  if (number % 97 === 96) return `${'k'.repeat(70_000)}${number}`;
  if (number % 23 === 22) return `${'k'.repeat(240 + (number % 40))}${number}`;
  if (number === 0) return '';
  return `k${number}`;
}

/** Bytes that look like nothing, cheaply made: a random piece over and over. */
function longValue(random: Random, length: number): Buffer {
  return Buffer.alloc(length, random.bytes(1 + random.below(61)));
}

export class Values {
  readonly #random: Random;
  readonly #sizes: Sizes;

  constructor(random: Random, sizes: Sizes) {
    this.#random = random;
    this.#sizes = sizes;
  }

  key(): string {
    // Some keys are used much more than others.
    const random = this.#random;
    return keyName(random.chance(0.5) ? random.below(8) : random.below(this.#sizes.keys));
  }

  keys(most: number): string[] {
    return Array.from({ length: 1 + this.#random.below(most) }, () => this.key());
  }

  value(): Buffer {
    const random = this.#random;
    const kind = random.below(100);
    if (kind < 25) return Buffer.from(random.pick(WORDS), 'latin1');
    if (kind < 45) return Buffer.from(String(random.between(-1000, 1000)));
    if (kind < 80) return random.bytes(random.below(40));
    if (kind < 94) return random.bytes(random.below(600));
    return longValue(random, this.#length());
  }

  /** Lengths about which something changes, and any others. */
  #length(): number {
    const random = this.#random;
    const { valueMax } = this.#sizes;
    const edge = random.pick([4096, 16_300, 16_384, 32_768, 65_536, 131_072, 262_144, 1_048_576, 2_097_152]);
    const length = random.chance(0.5) ? edge + random.between(-70, 70) : random.below(2 ** random.between(10, 22));
    return Math.min(length, random.below(valueMax), random.chance(0.9) ? 150_000 : valueMax);
  }

  integer(): string {
    const random = this.#random;
    if (random.chance(0.05)) return random.pick(NOT_NUMBERS);
    if (random.chance(0.2)) return random.pick(NUMBERS);
    return String(random.between(-300, 300));
  }

  /** A place in a string, also one that lies outside. */
  offset(): string {
    const random = this.#random;
    if (random.chance(0.03)) return random.pick([...NOT_NUMBERS, '4294967296', '536870912']);
    if (random.chance(0.02)) return String(random.below(200_000));
    return String(random.between(random.chance(0.1) ? -3 : 0, 200));
  }

  bitOffset(): string {
    const random = this.#random;
    if (random.chance(0.03)) return random.pick([...NOT_NUMBERS, '-1', '4294967296']);
    return String(random.below(random.chance(0.02) ? 1_500_000 : 1500));
  }

  word(words: readonly string[]): string {
    const random = this.#random;
    const word = random.pick(words);
    return random.chance(0.3) ? word.toLowerCase() : word;
  }
}
