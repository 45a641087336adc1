/** What --help says of an option: made from the table. */
import { defaultOf, formatMemory, type NamedOption, thisMachine } from '../config/index.js';

/** `--port <port>` */
export function flagsOf({ name, type, unit }: NamedOption): string {
  const plainNumber = type.kind === 'integer' && unit !== undefined;
  return `--${name} ${plainNumber ? `<${unit}>` : type.placeholder}`;
}

/** `TCP port to listen on (default: 6379)` */
export function descriptionOf(option: NamedOption): string {
  return `${option.summary} (default: ${defaultText(option)})`;
}

export function defaultText(option: NamedOption): string {
  if (option.defaultText !== undefined) return option.defaultText;
  const value = defaultOf(option, thisMachine(), 1);
  if (option.type.kind === 'memory') return formatMemory(value as number);
  // Of an option whose value takes several lines, the first one tells enough.
  return (option.type.kind === 'output-limits' ? option.type.lines(value)[0] : option.type.format(value)) || 'none';
}
