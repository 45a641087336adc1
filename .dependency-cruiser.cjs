/**
 * Who may import whom (docs/architecture.md). Checked on the compiled program in dist/, whose folders are those of src/,
 * because the checker can't read what this version of TypeScript compiles; types leave no trace there, and are no
 * dependency at run time.
 */
const folder = (names) => `^dist/(${names})/`;

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'pure-folders-know-only-each-other',
      comment: 'no clock, no chance, no Node: what is pure can be tested and simulated as it is',
      severity: 'error',
      from: { path: folder('base|commands|message') },
      to: { pathNot: folder('base|commands|message|engine') },
    },
    {
      name: 'layout-imports-nothing',
      severity: 'error',
      from: { path: folder('engine') },
      to: { pathNot: folder('engine') },
    },
    {
      name: 'threads-meet-only-in-rings-and-messages',
      severity: 'error',
      from: { path: folder('shard') },
      to: { path: folder('acceptor|cli|config|log') },
    },
    {
      name: 'threads-meet-only-in-rings-and-messages-2',
      severity: 'error',
      from: { path: folder('acceptor') },
      to: { path: folder('shard|cli') },
    },
    {
      name: 'http-is-a-client-of-the-acceptor',
      severity: 'error',
      from: { path: folder('http') },
      to: { path: `${folder('shard|cli|embed|ring|wasm|load')}|^dist/(server|supervisor|main|index)` },
    },
    {
      name: 'nobody-waits-for-http',
      comment: 'only the composition root knows it, and loads it when it is wanted',
      severity: 'error',
      from: { pathNot: `${folder('http')}|^dist/server` },
      to: { path: folder('http') },
    },
    {
      name: 'leaves-know-nobody',
      severity: 'error',
      from: { path: folder('config|log|ring|wasm') },
      to: { path: `${folder('acceptor|shard|cli|embed|http')}|^dist/(server|main|index)` },
    },
    {
      name: 'the-load-generator-knows-no-server',
      comment: 'it works against any server, and would hide our bugs if it shared our code',
      severity: 'error',
      from: { path: folder('load') },
      to: { path: `${folder('acceptor|commands|engine|message|ring|shard|wasm')}|^dist/(server|supervisor)` },
    },
    {
      name: 'no-server-knows-the-load-generator',
      severity: 'error',
      from: { pathNot: folder('load|cli') },
      to: { path: folder('load') },
    },
    {
      name: 'models-are-pure',
      severity: 'error',
      from: { path: folder('load/model') },
      to: { pathNot: folder('load/model') },
    },
    {
      name: 'only-the-acceptor-and-the-load-generator-open-sockets',
      severity: 'error',
      from: { pathNot: folder('acceptor|http|load/worker|load/run') },
      to: { path: '^(node:)?(net|dgram|http|https|tls)$' },
    },
    { name: 'no-tests-or-benchmarks', severity: 'error', from: {}, to: { path: '^(test|bench)/' } },
  ],
  options: { doNotFollow: { path: 'node_modules' }, exclude: { path: '^dist/.*\\.d\\.ts$' } },
};
