/** Keeps secrets out of the slow log. */
import { isSecret } from '../../config/index.js';
import type { CommandContext } from './context.js';

const REDACTED = '(redacted)';

type Word = string | Uint8Array;

/** Which arguments are secrets, by the commands that have some. */
const SECRETS: Readonly<Record<string, (words: readonly string[], place: number) => boolean>> = {
  auth: () => true,
  hello: (words, place) => isAuth(words[place - 1]) || isAuth(words[place - 2]),
  'config|set': (words, place) => place % 2 === 1 && isSecret(words[place - 1] as string),
};

function isAuth(word: string | undefined): boolean {
  return word?.toLowerCase() === 'auth';
}

/** The arguments of a request as they may be shown. */
export function redact({ command, words, args }: Pick<CommandContext, 'command' | 'words' | 'args'>): readonly Word[] {
  const isHidden = SECRETS[command.name];
  return isHidden === undefined ? args : args.map((arg, place) => (isHidden(words, place) ? REDACTED : arg));
}
