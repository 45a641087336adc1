import { describe, expect, it } from 'vitest';
import { assignmentsOf, parseConf, readConf } from '../../../src/config/index.js';
import { messageOf } from './message-of.js';

/** Reads from an object as from a disk. */
function disk(files: Readonly<Record<string, string>>) {
  return (path: string): string => {
    const text = files[path];
    if (text === undefined) throw new Error(`ENOENT: no such file or directory, open '${path}'`);
    return text;
  };
}

function assign(text: string) {
  return assignmentsOf(parseConf(text, 'redis.conf')).map(({ option, name, words }) => [option.name, name, words]);
}

describe('parseConf', () => {
  it('reads directives and skips comments, blank lines and spaces around', () => {
    const text = '# comment\n\n  PORT 7001  \r\n\tsave ""\n#port 1\nrequirepass "a b#c" # no comment';
    expect(parseConf(text, 'x.conf')).toEqual([
      { path: 'x.conf', line: 3, text: 'PORT 7001', name: 'port', words: ['7001'] },
      { path: 'x.conf', line: 4, text: 'save ""', name: 'save', words: [''] },
      {
        path: 'x.conf',
        line: 6,
        text: expect.any(String),
        name: 'requirepass',
        words: ['a b#c', '#', 'no', 'comment'],
      },
    ]);
  });

  it('says where quotes are unbalanced', () => {
    expect(messageOf(() => parseConf('port 1\nlogfile "x', 'x.conf'))).toContain(
      `x.conf:2: 'logfile "x': unbalanced quotes`,
    );
  });
});

describe('readConf', () => {
  it('puts included files in the place of the include', () => {
    const readFile = disk({ a: 'port 1\ninclude b\nport 3', b: '\nport 2' });
    expect(readConf('a', readFile).map(({ path, line, words }) => [path, line, words[0]])).toEqual([
      ['a', 1, '1'],
      ['b', 2, '2'],
      ['a', 3, '3'],
    ]);
  });

  it.each([
    ['x', "can't open config file 'x': no such file or directory"],
    ['missing', "can't open config file 'gone': no such file or directory"],
    ['loop', "loop:1: 'include loop': files include each other too deeply"],
    ['bare', "bare:1: 'include': wrong number of arguments"],
  ])('%s: %s', (path, message) => {
    const readFile = disk({ missing: 'include gone', loop: 'include loop', bare: 'include' });
    expect(messageOf(() => readConf(path, readFile))).toContain(message);
  });
});

describe('assignmentsOf', () => {
  it('finds the options, also by their former names', () => {
    expect(assign('port 1\nslave-priority 5')).toEqual([
      ['port', 'port', ['1']],
      ['replica-priority', 'slave-priority', ['5']],
    ]);
  });

  it('forgets what Redis has forgotten', () => {
    expect(assign('lua-replicate-commands yes\nlist-max-ziplist-value 64')).toEqual([]);
  });

  it.each([
    ['prot 1', "redis.conf:1: 'prot 1': unknown option (did you mean 'port'?)"],
    ['xyzzy', "redis.conf:1: 'xyzzy': unknown option"],
    ['\nrename-command FLUSHALL ""', `redis.conf:2: 'rename-command FLUSHALL ""': commands can not be renamed`],
    ['user default on', "redis.conf:1: 'user default on': access lists are not supported: use requirepass"],
    ['loadmodule /x.so', "redis.conf:1: 'loadmodule /x.so': modules are not supported"],
    ['sentinel monitor x', "redis.conf:1: 'sentinel monitor x': there is no sentinel mode"],
  ])('%j', (text, message) => {
    expect(messageOf(() => assign(text))).toBe(message);
  });
});
