/**
 * Says in one line that Node is too old, instead of a syntax error from somewhere in the program. Import it before
 * anything else, and the rest only by `await import()`: static imports are all parsed before the first one runs. For the
 * same reason this file has nothing in it that Node 12 can't parse, and imports nothing.
 */
const LEAST_MAJOR = 20;
const LEAST_MINOR = 19;

/** What to say of a version such as `18.1.0`; undefined when it will do. */
export function nodeComplaint(version: string): string | undefined {
  const parts = version.split('.');
  const major = Number(parts[0]);
  const minor = Number(parts[1]);
  if (major > LEAST_MAJOR || (major === LEAST_MAJOR && minor >= LEAST_MINOR)) return undefined;
  return `ringshard needs Node.js ${LEAST_MAJOR}.${LEAST_MINOR} or newer, this is v${version}`;
}

const complaint = nodeComplaint(process.versions.node);
if (complaint !== undefined) {
  console.error(complaint);
  process.exit(1);
}
