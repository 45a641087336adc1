/**
 * The notation in which an entry says what may follow the command's name, and its parser.
 *
 *   name                 an argument: a key when its name is `key`, else a string
 *   name:type            of another type: integer, double, key, pattern, unix-time
 *   name<shown>:type     shown to people by another name
 *   TOKEN                a word in capitals stands for itself
 *   TOKEN name           a word and the argument that belongs to it
 *   name...              may be repeated
 *   TOKEN... name        may be repeated together with its token
 *   [anything]           may be left out
 *   (group: a b)         a sequence with a name
 *   (group: a | b)       one of several; `[group: a | b]` when it may be left out
 *
 * Each alternative is one argument, so a sequence among them is a group of its own: `[FROM (range: start end) | ALL]`.
 * A token belongs to the argument or group right behind it; before anything else it stands alone.
 */
import { ARGUMENT_TYPES, type Argument, type ArgumentType } from './arguments.js';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Parses a line for a command with that many key specifications. Throws an error that shows the line. */
export function parseSyntax(line: string, keySpecs = 0): readonly Argument[] {
  return new Parser(line, keySpecs).parse();
}

const LEXEMES = /\.\.\.|[[\]()|]|(?:(?!\.\.\.)[^\s[\]()|])+/g;
const TOKEN = /^[A-Z][A-Z0-9_-]*$/;
const WORD = /^([^<>:]+)(?:<([^<>]+)>)?(?::([a-z-]+))?$/;

class Parser {
  private readonly line: string;
  private readonly keySpecs: number;
  private readonly lexemes: readonly string[];
  private at = 0;
  private keys = 0;

  constructor(line: string, keySpecs: number) {
    this.line = line;
    this.keySpecs = keySpecs;
    this.lexemes = line.match(LEXEMES) ?? [];
  }

  parse(): readonly Argument[] {
    const sequence = this.sequence();
    if (this.at < this.lexemes.length) this.fail(`unexpected '${this.next}'`);
    return sequence;
  }

  private get next(): string {
    return this.lexemes[this.at] ?? '';
  }

  private take(): string {
    const lexeme = this.next;
    this.at++;
    return lexeme;
  }

  private skip(lexeme: string): boolean {
    if (this.next !== lexeme) return false;
    this.at++;
    return true;
  }

  private fail(reason: string): never {
    throw new Error(`${reason} in the syntax line: ${this.line}`);
  }

  private sequence(): Argument[] {
    const found: Argument[] = [];
    while (this.next !== '' && this.next !== ']' && this.next !== ')' && this.next !== '|') found.push(this.item());
    return found;
  }

  /** An argument with what may stand before and behind it. */
  private item(): Argument {
    const argument = this.skip('[') ? this.optional() : this.isToken() ? this.token() : this.value();
    if (this.skip('...')) argument.multiple = true;
    return argument;
  }

  private isToken(): boolean {
    return TOKEN.test(this.next);
  }

  private token(): Mutable<Argument> {
    const token = this.take();
    const repeated = this.skip('...');
    if (!this.startsValue()) {
      if (repeated) this.fail(`nothing to repeat after '${token}'`);
      return { name: token.toLowerCase(), type: 'pure-token', token };
    }
    const argument = this.value();
    if (argument.token !== undefined) this.fail(`'${token}' before another token`);
    argument.token = token;
    if (repeated) {
      argument.multiple = true;
      argument.multipleToken = true;
    }
    return argument;
  }

  private startsValue(): boolean {
    return this.next === '(' || (!this.isMark() && !this.isToken());
  }

  private isMark(): boolean {
    return ['', '[', ']', '(', ')', '|', '...'].includes(this.next);
  }

  private value(): Mutable<Argument> {
    if (!this.skip('(')) return this.word();
    const group = this.group(')');
    if (group.name === '') this.fail('a group without a name');
    return group;
  }

  private word(): Mutable<Argument> {
    if (this.isMark()) this.fail('an argument is missing');
    const word = this.take();
    const [, name, display, typeName] = WORD.exec(word) ?? this.fail(`'${word}' is no argument`);
    if (name === undefined) this.fail(`'${word}' has no name`);
    const type = typeName === undefined ? (name === 'key' ? 'key' : 'string') : this.type(typeName);
    const argument: Mutable<Argument> = { name, type };
    if (display !== undefined) argument.display = display;
    if (type === 'key') argument.keySpec = this.keySpec(name);
    return argument;
  }

  private type(name: string): ArgumentType {
    return ARGUMENT_TYPES.find((type) => type === name) ?? this.fail(`no type '${name}'`);
  }

  /** Keys come in the order of the specifications; the last one covers all that are left. */
  private keySpec(name: string): number {
    if (this.keySpecs === 0) this.fail(`no key specification for '${name}'`);
    return Math.min(this.keys++, this.keySpecs - 1);
  }

  private optional(): Mutable<Argument> {
    const group = this.group(']');
    const [only] = group.arguments ?? [];
    const argument: Mutable<Argument> = group.name === '' && group.arguments?.length === 1 && only ? only : group;
    if (argument.name === '') this.fail('a group without a name');
    argument.optional = true;
    return argument;
  }

  /** What stands in brackets, the closing one included. */
  private group(close: string): Mutable<Argument> {
    const name = this.next.endsWith(':') ? this.take().slice(0, -1) : '';
    const members = this.sequence();
    const type = this.next === '|' ? 'oneof' : 'block';
    if (members.length === 0) this.fail('an empty group');
    if (type === 'oneof' && members.length > 1) this.fail('an alternative of several arguments');
    while (this.skip('|')) members.push(this.item());
    if (!this.skip(close)) this.fail(`no '${close}'`);
    return { name, type, arguments: members };
  }
}
