import { describe, expect, it } from 'vitest';
import { CONFIG_HANDLERS } from '../../../src/acceptor/commands/config.js';
import type { Answer, CommandContext } from '../../../src/acceptor/commands/context.js';
import { configOf, LiveConfig } from '../../../src/config/index.js';
import { Failure, OK } from '../../../src/message/value.js';

const config = new LiveConfig(configOf({}).config);

async function run(name: string, ...words: string[]): Promise<Answer> {
  const context = { server: { config, log: { warning() {} } }, client: { isLocal: true }, words };
  return CONFIG_HANDLERS[`config|${name}`]?.(context as unknown as CommandContext) ?? null;
}

describe('CONFIG', () => {
  it('sets and gets several options', async () => {
    expect(await run('set', 'timeout', '7', 'slowlog-max-len', '3')).toBe(OK);
    expect(await run('get', 'timeout', 'slowlog-max-*', 'nope')).toEqual(
      new Map([
        ['timeout', '7'],
        ['slowlog-max-len', '3'],
      ]),
    );
  });

  it('refuses a name without a value', async () => {
    expect(await run('set', 'timeout', '1', 'maxclients')).toEqual(new Failure('ERR syntax error'));
  });

  it('says why an option was refused, and changes none of the others', async () => {
    const before = config.current.timeout;
    expect(await run('set', 'timeout', '99', 'port', '1')).toEqual(
      new Failure("ERR CONFIG SET failed (possibly related to argument 'port') - can't set immutable config"),
    );
    expect(await run('set', 'timeout', '99', 'nope', '1')).toEqual(
      new Failure("ERR Unknown option or number of arguments for CONFIG SET - 'nope'"),
    );
    expect(config.current.timeout).toBe(before);
  });

  it('has nothing to rewrite without a file', async () => {
    expect(await run('rewrite')).toEqual(new Failure('ERR The server is running without a config file'));
  });
});
