/** A command's ACL categories: those of its entry and those that follow from its flags. */
import { CATEGORIES, type Category, type CommandFlag } from './spec.js';

/** The rule is Redis's own; the result is in Redis's order. */
export function categoriesOf(
  flags: ReadonlySet<CommandFlag>,
  explicit: readonly Category[] | undefined,
): readonly Category[] {
  const found = new Set<Category>(explicit);
  if (flags.has('write')) found.add('write');
  if (flags.has('readonly') && !found.has('scripting')) found.add('read');
  if (flags.has('admin')) found.add('admin').add('dangerous');
  if (flags.has('pubsub')) found.add('pubsub');
  if (flags.has('blocking')) found.add('blocking');
  found.add(flags.has('fast') ? 'fast' : 'slow');
  return CATEGORIES.filter((category) => found.has(category));
}
