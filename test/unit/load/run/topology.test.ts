/** What CLUSTER NODES says of who serves which slots. */
import { describe, expect, it } from 'vitest';
import { parseNodes } from '../../../../src/load/run/topology.js';

const ASKED = { host: '10.9.9.9', port: 7000 };

function parse(...lines: string[]) {
  const { nodes, slots } = parseNodes(`${lines.join('\n')}\n`, ASKED);
  return { nodes, at: (slot: number) => nodes[slots[slot] ?? -1], slots };
}

const A = '07c37dfeb235213a872192d90877d0cd55635b91';
const B = '67ed2db8d677e59ec4a4cefb06858cf2a1a89fa1';
const C = '292f8b365bb7edb5e285caf0b7e6ddc7265d2f4f';

describe('CLUSTER NODES', () => {
  it('names masters and their slots; replicas serve nobody', () => {
    const { nodes, at } = parse(
      `${A} 127.0.0.1:30004@31004,hostname4 slave e7d1eecce10fd6bb5eb35b9f99a514335d9ba9ca 0 1426238317239 4 connected`,
      `${B} 127.0.0.1:30002@31002,hostname2 master - 0 1426238316232 2 connected 5461-10922`,
      `${C} 127.0.0.1:30003@31003,hostname3 master - 0 1426238318243 3 connected 10923-16383`,
      `e7d1eec 127.0.0.1:30001@31001,hostname1 myself,master - 0 0 1 connected 0-5460`,
    );
    expect(nodes).toHaveLength(3);
    expect([0, 5460, 5461, 10_922, 10_923, 16_383].map((slot) => at(slot)?.port)).toEqual([
      30_001, 30_001, 30_002, 30_002, 30_003, 30_003,
    ]);
  });

  it('may be of an old server, without ports of the bus', () => {
    const { at } = parse(
      `${A} 10.0.0.1:6379 master - 0 0 1 connected 0-16382`,
      `${B} 10.0.0.2:6379 master - 0 0 1 connected 16383`,
    );
    expect([at(0), at(16_383)]).toEqual([
      { host: '10.0.0.1', port: 6379 },
      { host: '10.0.0.2', port: 6379 },
    ]);
  });

  it('leave out the address of whoever was asked, if it does not know it', () => {
    expect(parse(`${A} :6379@16379 myself,master - 0 0 0 connected 0-16383`).nodes).toEqual([
      { host: '10.9.9.9', port: 6379 },
    ]);
  });

  it('have addresses of IPv6', () => {
    const { nodes } = parse(`${A} 2001:db8::7:6379@16379,,shard-id=5 master - 0 0 0 connected 0-16383`);
    expect(nodes).toEqual([{ host: '2001:db8::7', port: 6379 }]);
  });

  it('mention slots on their way, which are still served where they were', () => {
    const { nodes, at } = parse(
      `${A} 10.0.0.1:1@2 master - 0 0 1 connected 0-8191 [93->-${B}] [77->-${B}]`,
      `${B} 10.0.0.2:1@2 master - 0 0 2 connected 8192-16383 [93-<-${A}]`,
      `${C} 10.0.0.3:1@2 master - 0 0 3 connected [5-<-${A}]`,
    );
    expect(nodes).toHaveLength(2);
    expect([at(93)?.host, at(77)?.host, at(5)?.host]).toEqual(['10.0.0.1', '10.0.0.1', '10.0.0.1']);
  });

  it('tell of failed nodes, whose slots another one has', () => {
    const { nodes, slots } = parse(
      `${A} 10.0.0.1:1@2 master,fail - 1426 1426 1 disconnected 0-8191`,
      `${B} 10.0.0.2:1@2 master - 0 0 2 connected 0-16383`,
      `${C} :0@0 master,noaddr - 0 0 3 disconnected 5-6`,
    );
    expect(nodes).toEqual([{ host: '10.0.0.2', port: 1 }]);
    expect(slots.every((node) => node === 0)).toBe(true);
  });

  it('may suspect a node that still serves', () => {
    const { at } = parse(
      `${A} 10.0.0.1:1@2 master,fail? - 1426 1426 1 connected 0-8191`,
      `${B} 10.0.0.2:1@2 master,nofailover - 0 0 2 connected 8192-16383`,
    );
    expect([at(0)?.host, at(16_383)?.host]).toEqual(['10.0.0.1', '10.0.0.2']);
  });

  it('number the nodes alike, whoever lists them', () => {
    const lines = [
      `${A} 10.0.0.1:1@2 master - 0 0 1 connected 0-8191`,
      `${B} 10.0.0.2:1@2 master - 0 0 2 connected 8192-16383`,
    ];
    expect(parse(...lines).nodes).toEqual(parse(...lines.reverse()).nodes);
  });

  it.each([
    ['nothing', ''],
    ['a page', '<html>\n<body>0-16383</body>'],
    ['slots that are missing', `${A} 10.0.0.1:1@2 master - 0 0 1 connected 0-16382`],
    ['slots that come twice', `${A} h:1@2 master - 0 0 1 connected 0-8191 0-8191`],
    ['slots that there are not', `${A} h:1@2 master - 0 0 1 connected 0-99999`],
    ['words instead of slots', `${A} h:1@2 master - 0 0 1 connected many more`],
    ['a failed node alone', `${A} h:1@2 master,fail - 0 0 1 connected 0-16383`],
    ['no port', `${A} h master - 0 0 1 connected 0-16383`],
  ])('with %s are refused', (_, text) => {
    expect(() => parseNodes(text, ASKED)).toThrow(/^the cluster serves only \d+ of 16384 slots$/);
  });
});
