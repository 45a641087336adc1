import { createHash, timingSafeEqual } from 'node:crypto';

/** Compares a password without telling by the time it takes how much of it was right. */
export function sameSecret(given: string, secret: string): boolean {
  return timingSafeEqual(digest(given), digest(secret));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
