/** A command's arguments as a tree, the way COMMAND DOCS tells them, and what can be computed from it. */

export const ARGUMENT_TYPES = ['string', 'integer', 'double', 'key', 'pattern', 'unix-time'] as const;
/** A pure token is a word that says something by being there; `oneof` and `block` have arguments of their own. */
export type ArgumentType = (typeof ARGUMENT_TYPES)[number] | 'pure-token' | 'oneof' | 'block';

export interface Argument {
  readonly name: string;
  readonly type: ArgumentType;
  /** The word before it, or which it is. */
  readonly token?: string;
  /** What a person is shown instead of the name. */
  readonly display?: string;
  /** Which of the command's key specifications it belongs to. */
  readonly keySpec?: number;
  readonly optional?: true;
  /** May be repeated; its token is not repeated with it unless `multipleToken`. */
  readonly multiple?: true;
  readonly multipleToken?: true;
  readonly arguments?: readonly Argument[];
}

/** How many words a request may have after the command's name. */
export interface WordCount {
  readonly min: number;
  readonly max: number;
}

export function countWords(sequence: readonly Argument[]): WordCount {
  const counts = sequence.map(wordsOf);
  return { min: sum(counts.map((count) => count.min)), max: sum(counts.map((count) => count.max)) };
}

function wordsOf(argument: Argument): WordCount {
  const { min, max } = wordsWhenThere(argument);
  return { min: argument.optional ? 0 : min, max };
}

function wordsWhenThere(argument: Argument): WordCount {
  const { min, max } = wordsOfValue(argument);
  const token = argument.token !== undefined && argument.type !== 'pure-token' ? 1 : 0;
  return { min: min + token, max: argument.multiple ? Number.POSITIVE_INFINITY : max + token };
}

function wordsOfValue(argument: Argument): WordCount {
  const inner = argument.arguments;
  if (inner === undefined) return { min: 1, max: 1 };
  if (argument.type === 'block') return countWords(inner);
  const counts = inner.map(wordsWhenThere);
  return { min: Math.min(...counts.map((count) => count.min)), max: Math.max(...counts.map((count) => count.max)) };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, n) => total + n, 0);
}

/** The arguments as people know them from manuals: `key [NX | XX] [EX seconds]`. */
export function argumentsText(sequence: readonly Argument[]): string {
  return sequence.map(textOf).join(' ');
}

function textOf(argument: Argument): string {
  const value = valueText(argument);
  const token = argument.type === 'pure-token' ? '' : (argument.token ?? '');
  const once = join(token, value);
  const text = argument.multiple ? `${once} [${argument.multipleToken ? once : value} ...]` : once;
  if (argument.optional) return `[${text}]`;
  return argument.type === 'oneof' && token === '' ? `<${text}>` : text;
}

function valueText(argument: Argument): string {
  if (argument.type === 'pure-token') return argument.token ?? '';
  if (argument.arguments === undefined) return argument.display ?? argument.name;
  if (argument.type === 'block') return argumentsText(argument.arguments);
  const alternatives = argument.arguments.map(textOf).join(' | ');
  return argument.token === undefined ? alternatives : `<${alternatives}>`;
}

function join(...words: readonly string[]): string {
  return words.filter((word) => word !== '').join(' ');
}
