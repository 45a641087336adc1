/** Something in a command line, a URL or a file that can't be meant. The message is one line, whatever it quotes. */
export class UsageError extends Error {
  override readonly name = 'UsageError';

  constructor(message: string, options?: ErrorOptions) {
    super(message.replace(/\p{Cc}+/gu, ' '), options);
  }
}
