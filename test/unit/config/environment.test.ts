import { describe, expect, it } from 'vitest';
import { readEnvironment, variableOf } from '../../../src/config/index.js';
import { messageOf } from './message-of.js';

const FILES: Readonly<Record<string, string>> = {
  '/secret': 'hunter2\n',
  '/crlf': 'a b\r\n',
  '/empty': '\n',
  '/two': 'x\n\n',
};

function readFile(path: string): string {
  const text = FILES[path];
  if (text === undefined) throw new Error(`ENOENT: no such file or directory, open '${path}'`);
  return text;
}

function read(environment: Record<string, string>) {
  return readEnvironment(environment, readFile).map(({ option, words }) => [option.name, ...words]);
}

describe('readEnvironment', () => {
  it('takes our variables and no others', () => {
    const environment = { RINGSHARD_PORT: '7001', RINGSHARD_MAXMEMORY_POLICY: 'allkeys-lru', PORT: '1', HOME: '/' };
    expect(read(environment)).toEqual([
      ['port', '7001'],
      ['maxmemory-policy', 'allkeys-lru'],
    ]);
  });

  it('knows former names, and names with underscores', () => {
    expect(read({ RINGSHARD_SLAVE_PRIORITY: '1', RINGSHARD_SERVER_CPULIST: '0-1' })).toEqual([
      ['replica-priority', '1'],
      ['server-cpulist', '0-1'],
    ]);
    expect(variableOf('hash-max-listpack-entries')).toBe('RINGSHARD_HASH_MAX_LISTPACK_ENTRIES');
  });

  it('has a short name for the password, and takes spaces as they are', () => {
    expect(read({ RINGSHARD_PASSWORD: ' a  b ' })).toEqual([['requirepass', ' a  b ']]);
  });

  it('takes a value from a file, without one newline at its end', () => {
    expect(read({ RINGSHARD_REQUIREPASS_FILE: '/secret' })).toEqual([['requirepass', 'hunter2']]);
    expect(read({ RINGSHARD_PASSWORD_FILE: '/crlf' })).toEqual([['requirepass', 'a b']]);
    expect(read({ RINGSHARD_MASTERAUTH_FILE: '/two' })).toEqual([['masterauth', 'x\n']]);
  });

  it('does not take an option whose name ends in file for a file', () => {
    expect(read({ RINGSHARD_TLS_CERT_FILE: '/cert.pem', RINGSHARD_PIDFILE: '/x.pid' })).toEqual([
      ['tls-cert-file', '/cert.pem'],
      ['pidfile', '/x.pid'],
    ]);
  });

  it('takes an empty variable for none', () => {
    expect(read({ RINGSHARD_PORT: '', RINGSHARD_PASSWORD_FILE: '' })).toEqual([]);
  });

  it('leaves alone what Kubernetes says of a service called ringshard', () => {
    const links = {
      RINGSHARD_SERVICE_HOST: '10.0.0.7',
      RINGSHARD_SERVICE_PORT: '6379',
      RINGSHARD_SERVICE_PORT_RESP: '6379',
      RINGSHARD_PORT: 'tcp://10.0.0.7:6379',
      RINGSHARD_PORT_6379_TCP: 'tcp://10.0.0.7:6379',
      RINGSHARD_PORT_6379_TCP_PROTO: 'tcp',
      RINGSHARD_PORT_6379_TCP_ADDR: '10.0.0.7',
      RINGSHARD_HEADLESS_SERVICE_HOST: '10.0.0.8',
      RINGSHARD_HEADLESS_PORT: 'tcp://10.0.0.8:6379',
    };
    expect(read(links)).toEqual([]);
  });

  it.each<[Record<string, string>, string]>([
    [{ RINGSHARD_PROT: '1' }, 'unknown environment variable RINGSHARD_PROT (did you mean RINGSHARD_PORT?)'],
    [
      { RINGSHARD_PASWORD_FILE: '/secret' },
      'unknown environment variable RINGSHARD_PASWORD_FILE (did you mean RINGSHARD_PASSWORD_FILE?)',
    ],
    [{ RINGSHARD_XYZZY: '' }, 'unknown environment variable RINGSHARD_XYZZY'],
    [{ RINGSHARD_PASSWORD_FILE: '/gone' }, "can't open '/gone' of RINGSHARD_PASSWORD_FILE: no such file or directory"],
    [{ RINGSHARD_PASSWORD_FILE: '/empty' }, "'/empty' of RINGSHARD_PASSWORD_FILE is empty"],
    [
      { RINGSHARD_PASSWORD: 'a', RINGSHARD_REQUIREPASS: 'b' },
      'RINGSHARD_PASSWORD and RINGSHARD_REQUIREPASS are the same option: give one of them',
    ],
    [
      { RINGSHARD_PORT: '1', RINGSHARD_PORT_FILE: '/secret' },
      'RINGSHARD_PORT and RINGSHARD_PORT_FILE are the same option: give one of them',
    ],
  ])('%j', (environment, message) => {
    expect(messageOf(() => read(environment))).toBe(message);
  });
});
