/** The writing half of the torture test, on a thread of its own; it uses the compiled program. */
import { workerData } from 'node:worker_threads';
import { Doorbell } from '../../../dist/ring/doorbell.js';
import { RingProducer } from '../../../dist/ring/ring.js';

const { buffer, capacity, most, records, READER, WRITER } = workerData;
const words = new Int32Array(buffer);
const bytes = new Uint8Array(buffer);
const producer = new RingProducer({ words, head: 0, tail: 64, data: 128, capacity });
const [readerBell, ownBell] = [new Doorbell(words, READER), new Doorbell(words, WRITER)];
const PUBLISH_EVERY = 7;
const WAIT_MS = 1000;

function publish() {
  if (producer.publish()) readerBell.ring();
}

/** Where a record may be written: waits until there is room. */
function claim(size) {
  for (;;) {
    const at = producer.claim(size);
    if (at >= 0) return at;
    publish();
    ownBell.announce();
    const again = producer.claim(size);
    if (again >= 0) {
      ownBell.cancel();
      return again;
    }
    ownBell.wait(WAIT_MS);
  }
}

// Sizes and contents are those that checksum.ts expects; this thread can't read that file.
for (let number = 0; number < records; number++) {
  const size = 8 + 8 * ((Math.imul(number, 2654435761) >>> 8) % (most / 8));
  const at = claim(size);
  words[at >> 2] = size;
  words[(at >> 2) + 1] = number;
  for (let i = 8; i < size; i++) bytes[at + i] = (number * 31 + i * 7) & 255;
  producer.commit(size);
  if (number % PUBLISH_EVERY === 0) publish();
}
publish();
