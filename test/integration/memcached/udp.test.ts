import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type MemcachedServer, startMemcached } from '../../support/memcached-server.js';
import { RawClient } from '../../support/raw-client.js';
import { UdpClient } from '../../support/udp-client.js';
import { sleep, waitFor } from '../../support/wait.js';

async function statsOf(client: UdpClient): Promise<Readonly<Record<string, string>>> {
  const text = await client.ask(60_000 + client.datagrams.length, 'stats\r\n');
  return Object.fromEntries([...text.matchAll(/^STAT (\S+) (.*)\r$/gm)].map(([, name, value]) => [name, value]));
}

describe.each([
  { shards: 1, dispatch: 'auto' },
  { shards: 3, dispatch: 'ring' },
])('memcached over UDP ($shards shards, dispatch $dispatch)', (options) => {
  let server: MemcachedServer;
  const clients: UdpClient[] = [];
  const open = async () => {
    const client = await UdpClient.open(server.port);
    clients.push(client);
    return client;
  };
  beforeAll(async () => {
    server = await startMemcached(options);
  });
  afterEach(() => {
    for (const client of clients.splice(0)) client.close();
  });
  afterAll(() => server.process.kill());

  it('answers requests', async () => {
    const client = await open();
    expect(await client.ask(1, 'set a 7 0 3\r\nabc\r\n')).toBe('STORED\r\n');
    expect(await client.ask(2, 'get a nix\r\n')).toBe('VALUE a 7 3\r\nabc\r\nEND\r\n');
    expect(await client.ask(3, 'version\r\n')).toBe('VERSION 1.6.18\r\n');
    expect(await client.ask(4, 'mg a v f\r\nmn\r\n')).toBe('VA 3 f7\r\nabc\r\nMN\r\n');
    expect(await client.ask(5, 'nonsense\r\n')).toBe('ERROR\r\n');
  });

  it('says nothing to quiet requests', async () => {
    const client = await open();
    await client.send(1, 'set q 0 0 1 noreply\r\nx\r\n');
    expect(await client.ask(2, 'get q\r\n')).toBe('VALUE q 0 1\r\nx\r\nEND\r\n');
    expect(client.datagrams.length).toBe(1);
  });

  it('answers with several datagrams', async () => {
    const client = await open();
    const raw = await RawClient.open(server.process.port);
    const value = 'v'.repeat(50_000);
    await raw.call('SET', 'long', value);
    raw.close();
    expect(await client.ask(9, 'get long\r\n')).toBe(`VALUE long 0 50000\r\n${value}\r\nEND\r\n`);
    expect(client.datagrams.length).toBe(Math.ceil((50_000 + 28) / 1392));
  });

  it('speaks the binary protocol too', async () => {
    const client = await open();
    const noop = Buffer.alloc(24);
    noop.set([0x80, 0x0a]);
    const reply = await client.ask(3, noop);
    expect(reply.length).toBe(24);
    expect(reply.charCodeAt(0)).toBe(0x81);
  });

  it('counts what is malformed and goes on', async () => {
    const client = await open();
    const before = Number((await statsOf(client)).udp_malformed);
    await client.sendRaw(Buffer.alloc(0));
    await client.sendRaw(Buffer.from([0, 1, 0, 0, 0, 1, 0]));
    await client.sendRaw(Buffer.from([0, 1, 0, 0, 0, 1, 0, 0]));
    await client.sendRaw(Buffer.from([0, 1, 0, 0, 0, 0, 0, 0, 0x67]));
    // Requests of which a part is missing.
    await client.send(2, 'get a');
    await client.send(3, 'set a 0 0 100\r\nabc');
    await client.send(4, Buffer.from([0x80, 0, 0]));
    await client.sendRaw(Buffer.from('\x00\x05\x00\x00\x00\x02\x00\x00get a\r\n', 'latin1'));
    await waitFor(() => client.datagrams.some((datagram) => datagram.readUInt16BE(0) === 5));
    expect(client.datagrams.at(-1)?.toString('latin1', 8)).toBe('SERVER_ERROR multi-packet request not supported\r\n');
    expect(Number((await statsOf(client)).udp_malformed)).toBe(before + 8);
    expect(await client.ask(100, 'version\r\n')).toBe('VERSION 1.6.18\r\n');
  });

  it('answers many at once', async () => {
    const many = await Promise.all(Array.from({ length: 40 }, open));
    const replies = await Promise.all(
      many.map(async (client, i) => {
        await client.ask(1, `set k${i} 0 0 ${String(i).length}\r\n${i}\r\n`);
        return client.ask(2, `get k${i}\r\n`);
      }),
    );
    expect(replies).toEqual(many.map((_, i) => `VALUE k${i} 0 ${String(i).length}\r\n${i}\r\nEND\r\n`));
  });
});

describe('an address that has not proved itself', () => {
  let server: MemcachedServer;
  let client: UdpClient;
  beforeAll(async () => {
    server = await startMemcached({ 'udp-trust-loopback': 'no', 'udp-rate': 100 });
    client = await UdpClient.open(server.port);
  });
  afterAll(() => server.process.kill());
  afterEach(() => client.close());

  it('gains nothing by a burst, until it has a connection', async () => {
    const admin = await RawClient.open(server.process.port);
    await admin.call('SET', 'long', 'v'.repeat(100_000));
    admin.close();
    await sleep(50);
    const requests = 3000;
    for (let i = 0; i < requests; i++) await client.send(i, 'get long\r\n');
    // What is answered at all is answered with less than was sent for it, and no more than the rate allows.
    await sleep(300);
    expect(client.received).toBeLessThan(client.sent);
    expect(client.datagrams.every((datagram) => datagram.length <= 3 * 18)).toBe(true);
    // In as many seconds as this may have taken.
    expect(client.datagrams.length).toBeLessThan(requests / 2);

    const proof = await RawClient.open(server.process.port);
    await proof.call('PING');
    expect(await client.ask(10_001, 'get long\r\n')).toContain(`VALUE long 0 100000\r\n`);
    const stats = await statsOf(client);
    expect(Number(stats.udp_refused)).toBeGreaterThan(0);
    expect(Number(stats.udp_shortened)).toBeGreaterThan(0);
    proof.close();
  });
});

it('is off while there is a password', async () => {
  const server = await startMemcached({ requirepass: 'secret' });
  const client = await UdpClient.open(server.port);
  await client.send(1, 'version\r\n');
  await sleep(100);
  expect(client.datagrams).toEqual([]);
  expect(server.process.output).toContain('UDP requests are refused while there is a password');
  client.close();
  await server.process.kill();
});
