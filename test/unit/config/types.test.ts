import { describe, expect, it } from 'vitest';
import { findOption, listenAddresses, type OptionName } from '../../../src/config/index.js';

/** The value that words stand for, or what is wrong with them. */
function read(name: OptionName, ...words: string[]): unknown {
  const parsed = findOption(name)?.type.parse(words);
  if (parsed === undefined) throw new Error(name);
  return parsed.ok ? parsed.value : parsed.reason;
}

describe('integer', () => {
  it('takes whole numbers within its range', () => {
    expect([read('port', '0'), read('port', '65535'), read('slowlog-log-slower-than', '-1')]).toEqual([0, 65535, -1]);
  });

  it.each(['', 'abc', '1.5', '+1', '01', ' 1', '0x10', '1e3', '-0', '--bla'])('does not take %j', (word) => {
    expect(read('port', word)).toBe("argument couldn't be parsed into an integer");
  });

  it.each(['-1', '65536', '99999999999999999999'])('says the range to %s', (word) => {
    expect(read('port', word)).toBe('argument must be between 0 and 65535 inclusive');
  });

  it('takes one word', () => {
    expect([read('port'), read('port', '1', '2')]).toEqual(Array(2).fill('wrong number of arguments'));
  });
});

describe('the other types', () => {
  it.each<[OptionName, string[], unknown]>([
    ['unixsocketperm', ['700'], 0o700],
    ['unixsocketperm', ['9'], "argument couldn't be parsed as an octal number"],
    ['unixsocketperm', ['1000'], 'argument must be between 0 and 777 inclusive'],
    ['maxmemory', ['1gb'], 1024 ** 3],
    ['maxmemory', ['1 gb'], 'argument must be a memory value'],
    ['proto-max-bulk-len', ['1'], 'argument must be between 1048576 and 9007199254740991 inclusive'],
    ['maxmemory-clients', ['5%'], { percent: 5 }],
    ['maxmemory-clients', ['1mb'], { bytes: 1024 ** 2 }],
    ['maxmemory-clients', ['200%'], 'percentage argument must be less or equal to 100'],
    ['maxmemory-clients', ['x'], 'argument must be a memory or percent value'],
    ['protected-mode', ['YES'], true],
    ['protected-mode', ['no'], false],
    ['protected-mode', ['true'], "argument must be 'yes' or 'no'"],
    ['loglevel', ['Verbose'], 'verbose'],
    ['dispatch', ['x'], 'argument(s) must be one of the following: auto, direct, ring'],
    ['shutdown-on-sigterm', ['force', 'nosave', 'NOW'], ['nosave', 'now', 'force']],
    ['shutdown-on-sigterm', ['default'], []],
    ['shutdown-on-sigterm', [], 'argument(s) must be one of the following: default, save, nosave, now, force'],
    ['hash-seed', ['00112233445566778899aabbCCDDEEFF'], '00112233445566778899aabbCCDDEEFF'],
    ['hash-seed', ['0011'], 'argument must be 32 hexadecimal digits'],
    ['dbfilename', ['a/b'], "dbfilename can't be a path, just a filename"],
    ['bind', ['127.0.0.1', '-::1'], ['127.0.0.1', '-::1']],
    ['bind', [''], []],
    ['bind', Array(17).fill('::1'), 'Too many bind addresses specified.'],
    ['latency-tracking-info-percentiles', ['50', '99.9'], [50, 99.9]],
    ['latency-tracking-info-percentiles', [''], []],
    ['latency-tracking-info-percentiles', ['x'], 'Invalid latency-tracking-info-percentiles parameters'],
    [
      'latency-tracking-info-percentiles',
      ['101'],
      'latency-tracking-info-percentiles parameters should sit between [0.0,100.0]',
    ],
    ['notify-keyspace-events', ['KEA'], 'AKE'],
    ['notify-keyspace-events', ['mKzxg$lshedt'], 'AKm'],
    ['notify-keyspace-events', ['nEx'], 'xnE'],
    ['notify-keyspace-events', ['Q'], "Invalid event class character. Use 'Ag$lshzxeKEtmdn'."],
    [
      'save',
      ['900', '1', '300', '10'],
      [
        [900, 1],
        [300, 10],
      ],
    ],
    ['save', [''], []],
    ['save', ['1', '2', '3'], 'Invalid save parameters'],
    ['save', ['0', '1'], 'Invalid save parameters'],
    ['oom-score-adj-values', ['0', '-200', '800'], [0, -200, 800]],
    ['oom-score-adj-values', ['1'], 'wrong number of arguments'],
    [
      'oom-score-adj-values',
      ['0', '0', '2001'],
      'Invalid oom-score-adj-values, elements must be between -2000 and 2000.',
    ],
    ['replicaof', ['host', '6379'], 'host 6379'],
    ['replicaof', ['no', 'one'], ''],
    ['replicaof', ['host', 'abc'], 'Invalid master port'],
    ['replicaof', ['host'], 'wrong number of arguments'],
  ])('%s %j', (name, words, result) => {
    expect(read(name, ...words)).toEqual(result);
  });
});

describe('client-output-buffer-limit', () => {
  it('reads groups of four, with sizes', () => {
    expect(read('client-output-buffer-limit', 'NORMAL', '1mb', '2k', '60', 'slave', '0', '0', '0')).toEqual({
      normal: { hardBytes: 1024 ** 2, softBytes: 2000, softSeconds: 60 },
      replica: { hardBytes: 0, softBytes: 0, softSeconds: 0 },
    });
  });

  it.each([
    [['wrong', 'number'], 'Wrong number of arguments in buffer limit configuration.'],
    [['invalid_class', '1', '1', '1'], 'Invalid client class specified in buffer limit configuration.'],
    [['master', '1', '1', '1'], 'Invalid client class specified in buffer limit configuration.'],
    [['normal', '1mbs', '1', '1'], 'Error in hard, soft or soft_seconds setting in buffer limit configuration.'],
    [['normal', '1', '1', '60s'], 'Error in hard, soft or soft_seconds setting in buffer limit configuration.'],
  ])('%j', (words, reason) => {
    expect(read('client-output-buffer-limit', ...words)).toBe(reason);
  });
});

it('says what bind means', () => {
  expect(listenAddresses(['127.0.0.1', '-::1', '*', '-::*'])).toEqual([
    { host: '127.0.0.1', optional: false },
    { host: '::1', optional: true },
    { host: '0.0.0.0', optional: false },
    { host: '::', optional: true },
  ]);
});
