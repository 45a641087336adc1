import { describe, expect, it } from 'vitest';
import { joinOption, splitServeArguments } from '../../../src/cli/serve-arguments.js';

function options(...args: string[]) {
  return splitServeArguments(args).options.map(({ name, words }) => [name, ...words]);
}

describe('splitServeArguments', () => {
  it('takes words up to the next name', () => {
    expect(options('--port', '7001', '--save', '60', '1000', '--bind', '127.0.0.1', '-::1')).toEqual([
      ['port', '7001'],
      ['save', '60', '1000'],
      ['bind', '127.0.0.1', '-::1'],
    ]);
  });

  it('takes --name=word as it is', () => {
    expect(options('--port=7001', '--requirepass=a=b c', '--save=')).toEqual([
      ['port', '7001'],
      ['requirepass', 'a=b c'],
      ['save', ''],
    ]);
  });

  it('takes the first word for a value even if it looks like a name', () => {
    expect(options('--proc-title-template', '--my--title', '--port', '--bla', '--loglevel', 'debug')).toEqual([
      ['proc-title-template', '--my--title'],
      ['port', '--bla'],
      ['loglevel', 'debug'],
    ]);
    expect(options('--port', '--loglevel', 'verbose')).toEqual([['port', '--loglevel', 'verbose']]);
    expect(options('--requirepass', '--help')).toEqual([['requirepass', '--help']]);
  });

  it('takes --save without a value for an empty one', () => {
    expect(options('--save', '--loglevel', 'verbose')).toEqual([
      ['save', ''],
      ['loglevel', 'verbose'],
    ]);
    expect(options('--loglevel', 'verbose', '--save')).toEqual([
      ['loglevel', 'verbose'],
      ['save', ''],
    ]);
    expect(options('--save', '', '--port', '1')).toEqual([
      ['save', ''],
      ['port', '1'],
    ]);
    expect(options('--proc-title-template', '--save', '--save', '')).toEqual([
      ['proc-title-template', '--save'],
      ['save', ''],
    ]);
  });

  it('leaves other names without a value', () => {
    expect(options('--port')).toEqual([['port']]);
  });

  it('takes name and value in one argument', () => {
    expect(options('--maxmemory 700mb', "--maxmemory-policy 'volatile-lru'", '--bind 127.0.0.1', '::1')).toEqual([
      ['maxmemory', '700mb'],
      ['maxmemory-policy', 'volatile-lru'],
      ['bind', '127.0.0.1', '::1'],
    ]);
  });

  it('tells operands and flags from options', () => {
    const {
      operands,
      flags,
      options: given,
    } = splitServeArguments(['x.conf', '--port=1', '-v', '--help', '--hz', '5']);
    expect([operands, flags, given.map(({ name }) => name)]).toEqual([['x.conf'], ['-v', '--help'], ['port', 'hz']]);
  });

  it('takes a bare name after the config file, as redis-server does', () => {
    expect(options('x.conf', 'loglevel', 'verbose', '--maxmemory', '1gb')).toEqual([
      ['loglevel', 'verbose'],
      ['maxmemory', '1gb'],
    ]);
    expect(splitServeArguments(['loglevel']).operands).toEqual(['loglevel']);
  });
});

it('joins an option to one argument', () => {
  expect(joinOption({ name: 'bind', words: ['a', '', 'b "c"'] })).toBe(String.raw`--bind="a" "" "b \"c\""`);
  expect(joinOption({ name: 'port', words: [] })).toBe('--port=');
});
