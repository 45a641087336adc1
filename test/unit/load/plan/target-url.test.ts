import { describe, expect, it } from 'vitest';
import { parseTarget, redisUrl } from '../../../../src/load/plan/target-url.js';
import { messageOf } from './message-of.js';

it.each([
  ['redis://h', { protocol: 'redis', host: 'h', port: 6379, database: 0, cluster: false, url: 'redis://h:6379' }],
  ['REDIS://h:1/', { protocol: 'redis', port: 1, url: 'redis://h:1' }],
  ['valkey://h:1/3', { protocol: 'redis', port: 1, database: 3, url: 'valkey://h:1/3' }],
  ['redis+cluster://h', { protocol: 'redis', cluster: true }],
  ['redis://u:p%40%2F@h', { username: 'u', password: 'p@/', url: 'redis://u@h:6379' }],
  ['redis://:a@b@h', { password: 'a@b', host: 'h', url: 'redis://h:6379' }],
  ['redis://my_host', { host: 'my_host' }],
  ['redis://[::1]:7', { host: '::1', port: 7, url: 'redis://[::1]:7' }],
  ['memcached://h', { protocol: 'memcached', port: 11211 }],
  ['memcached+udp://h:5', { protocol: 'memcached-udp', port: 5 }],
  ['http://h', { protocol: 'http', port: 80, path: '/v1/keys/{key}', url: 'http://h:80' }],
  ['http://h:8/', { path: '/v1/keys/{key}', url: 'http://h:8' }],
  [
    'http://u:p@h/a/{key}?x=1',
    { path: '/a/{key}?x=1', username: 'u', password: 'p', url: 'http://u@h:80/a/{key}?x=1' },
  ],
  ['http://h?x', { path: '/?x' }],
  ['http://h/ping', { path: '/ping' }],
])('%s', (url, target) => {
  expect(parseTarget(url)).toMatchObject(target);
});

it('has a user only where there is one', () => {
  expect(parseTarget('redis://h')).not.toHaveProperty('username');
  expect(parseTarget('redis://:p@h')).not.toHaveProperty('username');
});

describe('errors', () => {
  it.each([
    ['rediss://h', 'rediss://: TLS is not supported'],
    ['https://h', 'https://: TLS is not supported'],
    ['ftp://h', 'unknown scheme ftp:// (there are redis://'],
    ['localhost:6379', 'did you mean redis://localhost:6379?'],
    [':6379', 'did you mean redis://127.0.0.1:6379?'],
    ['', 'for example redis://127.0.0.1:6379'],
    ['redis://', 'names no host'],
    ['redis://:6379', 'names no host'],
    ['redis://h:0', 'a number from 1 to 65535'],
    ['redis://h:65536', 'a number from 1 to 65535'],
    ['redis://h:', 'a number from 1 to 65535'],
    ['redis://h:x', "host and port can't be read"],
    ['redis://::1', 'IPv6 addresses are in brackets'],
    ['redis://[::g]', 'no name and no address'],
    ['redis://a b', 'no name and no address'],
    ['redis://h/x', 'must be a database number'],
    ['redis://h/1?x', 'must be a database number'],
    ['memcached://h/1', 'ends after the port'],
    ['memcached://u@h', 'has no user'],
    ['http://h/a#b', "follows a '#'"],
    ['http://h/a b', 'percent-encoded'],
    ['http://h/{kye}', 'may only have {key}'],
    ['redis://:%zz@h', 'no escape'],
  ])('%s', (url, message) => {
    expect(messageOf(() => parseTarget(url))).toContain(message);
  });

  it.each([
    'redis://:hunter/2@h',
    'redis://:hunter%zz@h',
    'redis://:hunter@h:x',
    'user:hunter@h:1',
    'rediss://:hunter@h',
    'http://:hunter@h/a b',
  ])('%s does not show the password', (url) => {
    expect(messageOf(() => parseTarget(url))).not.toMatch(/hunter|no complaint/);
  });
});

it('makes URLs of hosts and ports', () => {
  expect(parseTarget(redisUrl('::1', 7))).toMatchObject({ host: '::1', port: 7 });
  expect(parseTarget(redisUrl('h', 7))).toMatchObject({ host: 'h', port: 7 });
});
