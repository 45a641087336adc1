/** Finds out, before the run, where the server is and that it is there. */
import { lookup } from 'node:dns/promises';
import { connect } from 'node:net';
import type { Target } from '../plan/target.js';
import type { Address } from '../worker/messages.js';

/** Why a run can't begin, in one line. */
export class CannotRun extends Error {}

/** How long to wait for the server, at most. */
export interface Patience {
  readonly timeoutMs: number;
  /** Aborted: no longer. */
  readonly signal: AbortSignal;
}

/** The address behind the target's name; a TCP target has been connected to once. */
export async function findServer({ host, port, protocol }: Target, patience: Patience): Promise<Address> {
  const isUdp = protocol === 'memcached-udp';
  let addresses: string[];
  try {
    // Who answers no UDP says nothing: the older protocol is the better guess.
    const found = await lookup(host, isUdp ? { all: true, family: 0, order: 'ipv4first' } : { all: true });
    addresses = found.map(({ address }) => address);
  } catch (error) {
    throw new CannotRun(`can't find the host ${host}: ${codeOf(error)}`);
  }
  if (isUdp) return { host: addresses[0] ?? host, port };
  let failure: unknown;
  for (const address of addresses) {
    try {
      await knock(address, port, patience);
      return { host: address, port };
    } catch (error) {
      failure = error;
    }
  }
  throw new CannotRun(`can't connect to ${host}:${port}: ${codeOf(failure)}`);
}

function codeOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ECONNREFUSED') return 'connection refused';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'no such host';
  return message;
}

function knock(host: string, port: number, { timeoutMs, signal }: Patience): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, signal });
    const fail = (error: Error) => {
      clearTimeout(timer);
      socket.destroy();
      reject(error);
    };
    const timer = setTimeout(() => fail(new Error(`no connection within ${timeoutMs} ms`)), timeoutMs);
    socket.on('error', fail);
    socket.on('connect', () => {
      clearTimeout(timer);
      socket.destroy();
      resolve();
    });
  });
}
