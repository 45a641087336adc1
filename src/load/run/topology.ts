/** Which node of a Redis Cluster serves which slots, by CLUSTER NODES. */
import { connect } from 'node:net';
import type { Target } from '../plan/target.js';
import { commandText, handshakeOf } from '../worker/handshake.js';
import type { Address, Topology } from '../worker/messages.js';
import { CannotRun, type Patience } from './probe.js';

const SLOTS = 16384;
/** Stands for a slot that no node serves. */
const NOBODY = 0xffff;
/** A reply with more is no list of nodes. */
const REPLY_MOST = 4 * 1024 * 1024;

/** Without a cluster: one node. */
export function singleNode(address: Address): Topology {
  return { nodes: [address], slots: new Uint16Array(0) };
}

/** Asks the nodes one after the other until one answers. */
export async function findTopology(target: Target, known: readonly Address[], patience: Patience): Promise<Topology> {
  let failure: Error | undefined;
  for (const address of known) {
    try {
      return parseNodes(await askNodes(target, address, patience), address);
    } catch (error) {
      failure = error as Error;
    }
  }
  throw new CannotRun(`can't read the cluster's nodes: ${failure?.message ?? 'no node is known'}`);
}

function askNodes(target: Target, { host, port }: Address, { timeoutMs, signal }: Patience): Promise<string> {
  const { bytes, requests } = handshakeOf({ ...target, database: 0, resp: 2 });
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, signal });
    let text = '';
    const end = (settle: () => void) => {
      clearTimeout(timer);
      socket.destroy();
      settle();
    };
    const timer = setTimeout(() => end(() => reject(new Error('no reply in time'))), timeoutMs);
    socket.setEncoding('latin1');
    socket.on('error', (error) => end(() => reject(error)));
    socket.on('close', () => end(() => reject(new Error('the server closed the connection'))));
    socket.on('data', (data) => {
      text += data;
      const reply = replyBehind(text, requests);
      if (reply instanceof Error) end(() => reject(reply));
      else if (reply !== undefined) end(() => resolve(reply));
      else if (text.length > REPLY_MOST) end(() => reject(new Error('a reply that is too long')));
    });
    socket.write(Buffer.concat([bytes, Buffer.from(commandText(['CLUSTER', 'NODES']))]));
  });
}

/** The bulk string behind so many one-line replies; undefined when it is not complete. */
function replyBehind(text: string, lines: number): string | Error | undefined {
  let at = 0;
  for (; lines >= 0; lines--) {
    const end = text.indexOf('\r\n', at);
    if (end < 0) return undefined;
    const line = text.slice(at, end);
    if (line.startsWith('-')) return new Error(line.slice(1));
    at = end + 2;
    if (lines > 0) continue;
    const length = Number(/^[$=](\d+)$/.exec(line)?.[1] ?? Number.NaN);
    if (Number.isNaN(length)) return new Error(`not a reply to CLUSTER NODES: ${line.slice(0, 60)}`);
    return text.length < at + length + 2 ? undefined : text.slice(at, at + length);
  }
  return undefined;
}

/**
 * Lines such as `07c37df 127.0.0.1:30004@31004,host master - 0 1426238317239 4 connected 0-5460 [5461->-e7d1eec]`.
 * A node that does not know its own address is reached where it was asked.
 */
export function parseNodes(text: string, asked: Address): Topology {
  const nodes: Address[] = [];
  // Nodes list themselves in orders of their own: sorted, each keeps its number.
  const lines = text.split('\n').sort();
  const slots = new Uint16Array(SLOTS).fill(NOBODY);
  for (const line of lines) {
    const [, where = '', flags = '', , , , , , ...ranges] = line.trim().split(' ');
    const states = flags.split(',');
    // `fail?` is what one node thinks: until the others agree, it serves.
    if (!states.includes('master') || states.includes('fail') || states.includes('noaddr')) continue;
    const address = /^(.*):(\d+)(?:@|$)/.exec(where.split(',')[0] ?? '');
    const served = ranges.map(readRange).filter((range) => range !== undefined);
    if (address === null || served.length === 0) continue;
    for (const [first, last] of served) slots.fill(nodes.length, first, last + 1);
    nodes.push({ host: address[1] || asked.host, port: Number(address[2]) });
  }
  const covered = slots.reduce((sum, node) => sum + Number(node !== NOBODY), 0);
  if (covered < SLOTS) throw new Error(`the cluster serves only ${covered} of ${SLOTS} slots`);
  return { nodes, slots };
}

/** `5461-10922` or `7`; undefined for a slot that is on its way (`[93->-id]`). */
function readRange(text: string): readonly [number, number] | undefined {
  const [, first, last = first] = /^(\d+)(?:-(\d+))?$/.exec(text) ?? [];
  return first === undefined || Number(last) >= SLOTS ? undefined : [Number(first), Number(last)];
}
