/**
 * A server that answers GETs at once, but at fixed times stands still: `stalling-server.ts <port> <everyMs> <forMs>`.
 * Nothing else is as well known of a server as what it does not do meanwhile.
 */
import { createServer } from 'node:net';

/** `*2 $3 GET $<n> <key>`: each request has so many lines, whatever the key. */
const LINES = 5;
const LINE_FEED = 10;
const REPLY = '$2\r\nok\r\n';

const [port = 0, everyMs = 0, forMs = 0] = process.argv.slice(2).map(Number);
const nobodyWakes = new Int32Array(new SharedArrayBuffer(4));

function stallAt(time: number): void {
  setTimeout(() => {
    Atomics.wait(nobodyWakes, 0, 0, forMs);
    stallAt(time + everyMs);
  }, time - performance.now());
}

const server = createServer({ noDelay: true }, (socket) => {
  let lines = 0;
  socket.on('data', (bytes) => {
    for (const byte of bytes) if (byte === LINE_FEED) lines++;
    const requests = Math.floor(lines / LINES);
    lines -= requests * LINES;
    if (requests > 0) socket.write(REPLY.repeat(requests));
  });
  // A client that goes away in the middle of a reply is no matter here.
  socket.on('error', () => socket.destroy());
});
server.listen(port, '127.0.0.1', () => {
  stallAt(performance.now() + everyMs);
  process.stdout.write('Ready to accept connections\n');
});
