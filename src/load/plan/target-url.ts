/** From a URL to a target: `redis://user:pass@host:6379/2`, `memcached://host`, `http://host:8080/v1/keys/{key}`. */
import type { Protocol, Target } from './target.js';
import { UsageError } from './usage-error.js';

/** What the URL alone says; the rest of a `Target` may also come from options. */
export type UrlTarget = Omit<Target, 'resp'>;

interface Scheme {
  readonly protocol: Protocol;
  readonly port: number;
  readonly cluster?: boolean;
}

const SCHEMES: ReadonlyMap<string, Scheme> = new Map([
  ['redis', { protocol: 'redis', port: 6379 }],
  ['valkey', { protocol: 'redis', port: 6379 }],
  ['redis+cluster', { protocol: 'redis', port: 6379, cluster: true }],
  ['valkey+cluster', { protocol: 'redis', port: 6379, cluster: true }],
  ['memcached', { protocol: 'memcached', port: 11211 }],
  ['memcached+udp', { protocol: 'memcached-udp', port: 11211 }],
  ['http', { protocol: 'http', port: 80 }],
]);

const WITH_TLS: ReadonlySet<string> = new Set(['rediss', 'valkeys', 'https', 'rediss+cluster', 'memcacheds']);

/** ringshard's own REST API. */
export const KEYS_PATH = '/v1/keys/{key}';

const SUPPORTED = 'redis://, redis+cluster://, memcached://, memcached+udp:// and http://';

/** Messages never quote what may be part of a password. */
export function parseTarget(text: string): UrlTarget {
  const [, name, rest = ''] = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/is.exec(text) ?? [];
  if (name === undefined) throw new UsageError(`the target must be a URL: ${hintFor(text)}`);
  const schemeName = name.toLowerCase();
  if (WITH_TLS.has(schemeName)) throw new UsageError(`${schemeName}://: TLS is not supported (there are ${SUPPORTED})`);
  const scheme = SCHEMES.get(schemeName);
  if (scheme === undefined) throw new UsageError(`unknown scheme ${schemeName}:// (there are ${SUPPORTED})`);
  const [, authority = '', tail = ''] = /^([^/?#]*)(.*)$/s.exec(rest) ?? [];
  const at = authority.lastIndexOf('@');
  const { host, port } = placeOf(authority.slice(at + 1), scheme.port);
  const { protocol, cluster = false } = scheme;
  const user = at < 0 ? {} : userOf(authority.slice(0, at), protocol);
  const { database, path } = protocol === 'http' ? { database: 0, path: pathOf(tail) } : databaseOf(tail, protocol);
  const shownUser = user.username === undefined ? '' : `${encodeURIComponent(user.username)}@`;
  const shownHost = host.includes(':') ? `[${host}]` : host;
  const url = `${schemeName}://${shownUser}${shownHost}:${port}${tail === '/' ? '' : tail}`;
  return { protocol, host, port, url, ...user, database, cluster, path };
}

/** The URL of what redis-benchmark calls `-h` and `-p`. */
export function redisUrl(host: string, port: number): string {
  return `redis://${host.includes(':') && !host.startsWith('[') ? `[${host}]` : host}:${port}`;
}

/** `x` where the whole text would show a password. */
function hintFor(text: string): string {
  const plain = /^([a-z0-9_.-]+|\[[0-9a-f:.]+\])?(:\d+)?$/i.exec(text);
  if (plain === null || text === '') return 'for example redis://127.0.0.1:6379';
  return `did you mean redis://${plain[1] ?? '127.0.0.1'}${plain[2] ?? ''}?`;
}

function placeOf(text: string, usualPort: number): { host: string; port: number } {
  const [, name, digits] = /^(\[[^\]]*\]|[^:]*)(?::(\d*))?$/.exec(text) ?? [];
  if (name === undefined)
    throw new UsageError("the URL's host and port can't be read (IPv6 addresses are in brackets)");
  if (name === '') throw new UsageError('the URL names no host');
  const port = digits === undefined ? usualPort : Number(digits);
  if (digits === '' || port < 1 || port > 65535)
    throw new UsageError("the URL's port must be a number from 1 to 65535");
  // The platform's own reader knows names, IPv4 and IPv6.
  const url = `http://${name}/`;
  if (/[\s\\%]/.test(name) || !URL.canParse(url)) throw new UsageError("the URL's host is no name and no address");
  return { host: new URL(url).hostname.replace(/^\[(.*)\]$/, '$1'), port };
}

function userOf(text: string, protocol: Protocol): { username?: string; password?: string } {
  if (protocol.startsWith('memcached'))
    throw new UsageError("memcached's protocol has no user: leave out what is before the @");
  const colon = text.indexOf(':');
  const name = decode(colon < 0 ? text : text.slice(0, colon));
  const password = colon < 0 ? '' : decode(text.slice(colon + 1));
  return { ...(name === '' ? {} : { username: name }), ...(password === '' ? {} : { password }) };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new UsageError("the URL's user or password has a '%' that is no escape (write %25)");
  }
}

function databaseOf(tail: string, protocol: Protocol): { database: number; path: string } {
  const none = tail === '' || tail === '/';
  if (none) return { database: 0, path: '' };
  if (protocol !== 'redis') throw new UsageError('a memcached URL ends after the port');
  const digits = /^\/(\d{1,9})$/.exec(tail)?.[1];
  if (digits === undefined) {
    throw new UsageError(
      "what follows the URL's host must be a database number (a '/' or '@' in a password is %2F or %40)",
    );
  }
  return { database: Number(digits), path: '' };
}

function pathOf(tail: string): string {
  if (tail === '' || tail === '/') return KEYS_PATH;
  const path = tail.startsWith('/') ? tail : `/${tail}`;
  if (path.includes('#')) throw new UsageError("a server does not get what follows a '#': leave it out");
  if (!/^[!-~]*$/.test(path)) throw new UsageError("the URL's path has characters that must be percent-encoded");
  if (/[{}]/.test(path.replaceAll('{key}', ''))) throw new UsageError("of braces the URL's path may only have {key}");
  return path;
}
