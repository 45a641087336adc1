/** Entity tags: what a value's bytes are called, and the conditions that name them (RFC 9110, 8.8 and 13). */
import { hash } from 'node:crypto';
import { Problem } from '../problem.js';

/** Longer values have no tag: nobody is to wait while they are hashed. */
export const TAGGED_MAX = 1024 * 1024;
const TAG_CHARACTERS = 22;

/** Undefined for values that are too long. */
export function etagOf(value: Uint8Array): string | undefined {
  if (value.byteLength > TAGGED_MAX) return undefined;
  return `"${hash('sha256', value, 'base64url').slice(0, TAG_CHARACTERS)}"`;
}

/** A condition on the value's tag: any value, or one of some tags. */
export type TagCondition = '*' | readonly string[];

/** What If-Match or If-None-Match says; undefined without one. Throws for what is neither. */
export function conditionOf(header: string | undefined, name: string): TagCondition | undefined {
  if (header === undefined) return undefined;
  if (header.trim() === '*') return '*';
  const tags = header.match(/(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"/g) ?? [];
  const rest = header.replace(/(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"/g, '').replace(/[\s,]/g, '');
  if (tags.length === 0 || rest !== '') throw new Problem(400, `${name} is no list of entity tags`);
  return tags;
}

/** Whether a value meets a condition. If-None-Match compares weakly, If-Match strongly. */
export function matches(condition: TagCondition, etag: string | undefined, weakly: boolean): boolean {
  if (condition === '*') return true;
  if (etag === undefined) return false;
  return condition.some((tag) => (weakly ? tag.replace(/^W\//, '') : tag) === etag);
}
