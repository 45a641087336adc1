/** Which server: from the URL, or -h and -p, and the options that say how to talk to it. */

import { systemErrorText } from '../../config/error.js';
import type { Target } from '../plan/target.js';
import { parseTarget, redisUrl, type UrlTarget } from '../plan/target-url.js';
import { UsageError } from '../plan/usage-error.js';
import { type LoadEnvironment, PASSWORD_VARIABLE } from './environment.js';
import type { CommonValues } from './table.js';
import { refuseTogether } from './values.js';

export function targetOf(url: string | undefined, values: CommonValues, environment: LoadEnvironment): Target {
  const fromUrl = parseTarget(urlOf(url, values));
  const { protocol } = fromUrl;
  const redis = protocol === 'redis';
  for (const [key, name] of REDIS_ONLY) {
    if (values[key] !== undefined && !redis) throw new UsageError(`${name} is for redis targets only`);
  }
  const cluster = fromUrl.cluster || values.cluster === true;
  const database = databaseOf(fromUrl, values);
  if (cluster && database !== 0) throw new UsageError('a Redis Cluster has no database but 0');
  const user = userOf(fromUrl, values, environment);
  const { username: _, password: __, ...rest } = fromUrl;
  return { ...rest, ...user, database, cluster, resp: values.resp === '3' ? 3 : 2 };
}

const REDIS_ONLY = [
  ['cluster', '--cluster'],
  ['resp', '--resp'],
  ['database', '--db'],
] as const;

function urlOf(url: string | undefined, { host, port }: CommonValues): string {
  if (url === 'sweep' || url === 'compare') {
    throw new UsageError(`'${url}' must come first: ringshard load ${url} ...`);
  }
  if (url === undefined) {
    if (host !== undefined || port !== undefined) return redisUrl(host ?? '127.0.0.1', port ?? 6379);
    throw new UsageError('needs a target, for example redis://127.0.0.1:6379 (more: ringshard load --help)');
  }
  if (host !== undefined || port !== undefined)
    throw new UsageError('-h and -p stand in place of a URL: give one of them');
  return url;
}

function databaseOf(target: UrlTarget, { database }: CommonValues): number {
  if (database === undefined) return target.database;
  if (target.database !== 0 && target.database !== database) {
    throw new UsageError('the URL and --db name different databases');
  }
  return database;
}

function userOf(
  target: UrlTarget,
  values: CommonValues,
  environment: LoadEnvironment,
): { username?: string; password?: string } {
  const username = values.user ?? target.username;
  if (values.user !== undefined && target.username !== undefined) {
    throw new UsageError('the URL and --user both name a user: give one of them');
  }
  const given = passwordOf(target, values, environment);
  const noUsers = target.protocol.startsWith('memcached');
  if (noUsers) {
    if (values.user !== undefined || values.password !== undefined || values.passwordFile !== undefined) {
      throw new UsageError("memcached's protocol has no user and no password");
    }
    return {};
  }
  if (username !== undefined && given === undefined && target.protocol === 'redis') {
    throw new UsageError(`user '${username}' has no password: give it in the URL, a file or ${PASSWORD_VARIABLE}`);
  }
  return { ...(username === undefined ? {} : { username }), ...(given === undefined ? {} : { password: given }) };
}

/** The environment is what counts least: it may be meant for another server. */
function passwordOf(target: UrlTarget, values: CommonValues, environment: LoadEnvironment): string | undefined {
  refuseTogether(values, ['password', '-a'], ['passwordFile', '--password-file']);
  const option = values.password ?? (values.passwordFile && readPassword(values.passwordFile, environment));
  if (option !== undefined && target.password !== undefined) {
    throw new UsageError('the URL has a password, and so has an option: give one of them');
  }
  return option ?? target.password ?? (environment.variables[PASSWORD_VARIABLE] || undefined);
}

/** The file's text without the newline that editors and `echo` put at its end. */
function readPassword(path: string, { readFile }: LoadEnvironment): string {
  let text: string;
  try {
    text = readFile(path);
  } catch (error) {
    throw new UsageError(`can't open '${path}' of --password-file: ${systemErrorText(error)}`, { cause: error });
  }
  const password = text.replace(/\r?\n$/, '');
  if (password === '') throw new UsageError(`'${path}' of --password-file is empty`);
  return password;
}
