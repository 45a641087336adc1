/** One round of bench:embed, in a process of its own: prints its figures as JSON. Arguments: servers, calls. */
const [servers, calls] = process.argv.slice(2).map(Number);

async function timed(work) {
  const since = performance.now();
  const result = await work();
  return [performance.now() - since, result];
}

function median(numbers) {
  return [...numbers].sort((a, b) => a - b)[numbers.length >> 1];
}

const [importMs, { createServer }] = await timed(() => import('../../dist/index.js'));
const [firstReadyMs, first] = await timed(() => createServer());
const client = first.client();
const [firstReplyMs] = await timed(() => client.set('key', 'x'.repeat(64)));

const more = [];
const readyMs = [];
for (let i = 1; i < servers; i++) {
  const [ms, server] = await timed(() => createServer());
  readyMs.push(ms);
  more.push(server);
}
const replies = await Promise.all(more.map((server) => server.client().ping()));
if (replies.some((reply) => reply !== 'PONG')) throw new Error('a server does not answer');
await Promise.all(more.map((server) => server.close()));

async function inBatches(count) {
  for (let done = 0; done < count; done += 1000) {
    await Promise.all(Array.from({ length: 1000 }, () => client.get('key')));
  }
}
await inBatches(calls);
const [batchedMs] = await timed(() => inBatches(calls));
const [serialMs] = await timed(async () => {
  for (let i = 0; i < calls / 10; i++) await client.get('key');
});
const [closeMs] = await timed(() => first.close());

const figures = {
  importMs,
  firstReadyMs,
  firstReplyMs,
  nextReadyMs: median(readyMs),
  closeMs,
  serialUs: (serialMs * 1000) / (calls / 10),
  batchedPerSecond: (Math.ceil(calls / 1000) * 1000 * 1000) / batchedMs,
};
process.stdout.write(JSON.stringify(figures));
