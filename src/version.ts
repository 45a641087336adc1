import { readFileSync } from 'node:fs';

const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string };

/** Our own version, from the package. */
export const VERSION = manifest.version;

/** The version of Redis whose commands and replies are followed; clients decide by it what they may use. */
export const REDIS_VERSION = '7.2.5';
