import { manyWords, type OptionType, reading, replace, Unreadable, wordsSchema } from './type.js';

const MOST_ADDRESSES = 16;

/** Addresses to listen on, as Redis writes them. An empty list: none. */
export function addresses(): OptionType<readonly string[]> {
  return manyWords<readonly string[]>({
    kind: 'list',
    placeholder: '<addresses>',
    expects: `at most ${MOST_ADDRESSES} addresses`,
    schema: () =>
      reading(wordsSchema(), (words) =>
        words.length > MOST_ADDRESSES
          ? new Unreadable('Too many bind addresses specified.')
          : words.filter((word) => word !== ''),
      ),
    combine: replace,
    format: (value) => value.join(' '),
  });
}

/** An address to listen on, as `net.Server.listen` takes it. */
export interface ListenAddress {
  readonly host: string;
  /** The server starts without it when the machine does not have it. */
  readonly optional: boolean;
}

/** What `bind` means: a leading `-` makes an address optional, `*` stands for all. */
export function listenAddresses(bind: readonly string[]): readonly ListenAddress[] {
  return bind.map((word) => {
    const optional = word.startsWith('-');
    const address = optional ? word.slice(1) : word;
    const host = address === '*' ? '0.0.0.0' : address === '::*' ? '::' : address;
    return { host, optional };
  });
}
