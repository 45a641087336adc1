/** What a call complains of. */
import { UsageError } from '../../../../src/load/plan/usage-error.js';

export function messageOf(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
  return 'no complaint';
}
