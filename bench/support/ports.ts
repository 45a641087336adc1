/** Finds ports for the servers. */
import { connect, createServer } from 'node:net';

let first = 0;
let last = 0;
/** Ports come up again only when all others of the range had their turn: one that was just given back may linger. */
let next = 0;

/** Takes ports from a range, `from-to`, instead of any that is free. */
export function usePorts(range: string): void {
  const match = /^(\d+)-(\d+)$/.exec(range);
  if (match === null) throw new Error(`not a range of ports: ${range}`);
  first = Number(match[1]);
  last = Number(match[2]);
  next = first;
}

/** A port on the loopback address that nobody listens on just now. */
export async function freePort(): Promise<number> {
  if (last === 0) return (await tryPort(0)) as number;
  for (let tries = last - first; tries >= 0; tries--) {
    const port = await tryPort(next);
    next = next === last ? first : next + 1;
    if (port !== undefined) return port;
  }
  throw new Error('no port of the given range is free');
}

function tryPort(port: number): Promise<number | undefined> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(undefined));
    server.listen({ host: '127.0.0.1', port }, () => {
      const address = server.address();
      const found = typeof address === 'object' && address !== null ? address.port : undefined;
      server.close(() => resolve(found));
    });
  });
}

/** Whether somebody accepts connections there. */
export function canConnect(port: number): Promise<boolean> {
  const socket = connect({ port, host: '127.0.0.1' });
  return new Promise((resolve) => {
    const end = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
  });
}
