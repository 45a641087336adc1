import { expect } from 'vitest';
import { ConfigError } from '../../../src/config/index.js';

/** What a call is refused with. Every refusal is a `ConfigError`, and one line. */
export function messageOf(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    expect(error.message).not.toContain('\n');
    return error.message;
  }
  throw new Error('was not refused');
}
