/** What --help says of each command besides its options. */
import { PASSWORD_VARIABLE } from './environment.js';

export interface CommandText {
  readonly name: string;
  readonly description: string;
  readonly operands: readonly { readonly name: string; readonly summary: string; readonly optional?: boolean }[];
  /** After the options. */
  readonly after: string;
}

const URL_OPERAND = { name: 'url', summary: 'the server, see Targets', optional: true };

const TARGETS = `
Targets:
  redis://[user][:password@]host[:6379][/database]   Redis, Valkey, ringshard; also valkey://
  redis+cluster://host[:port]                         a Redis Cluster, of which this is one node
  memcached://host[:11211], memcached+udp://...       over UDP a request must fit into one datagram
  http://[user:password@]host[:80]                    ringshard's REST API: GET and PUT /v1/keys/{key}
  http://host/path/{key}                              the same on another path
  http://host/path                                    every request is a GET of exactly this path
  TLS is not supported. A password may also be in ${PASSWORD_VARIABLE}; reports never show it.

Templates (--command, --mix):
  {key} {value} {value:100} {int:0:1000} {sequence}   filled in for each request; {key:base64} {value:base64}
  {{ and }}                                           braces; those of JSON need no doubling
  http: method, path and body: 'PUT /v3/kv/put {"key": "{key:base64}"}'
  memcached: 'set {key} 0 0 {value}', where the value is sent as data block

Units: times 500us, 500ms, 10s, 2m, 1h (seconds without one); rates and counts 50k, 1.5m; bytes 64, 1kb (1024).
`;

export const RUN_TEXT: CommandText = {
  name: 'ringshard load',
  description: `Put a server under load and measure its latency. Without --rate, --ramp or --steps every connection sends
when its last request is answered (closed loop); with them requests go out when the schedule says, and latency
counts from that time (open loop). redis-benchmark's -h -p -a -c -n -d -P -r -t -q mean here what they mean
there; help is --help. There is also: ringshard load sweep (find the limit), ringshard load compare.`,
  operands: [URL_OPERAND],
  after: `${TARGETS}
Examples:
  ringshard load redis://127.0.0.1:6379                                  50 connections, half GET, half SET, 10 s
  ringshard load redis://127.0.0.1 --rate 20k --slo 'p99<2ms'            open loop; exit code 99 if it is slower
  ringshard load redis://127.0.0.1 --workload ycsb-b --keys 1m --html report.html
  ringshard load redis://127.0.0.1 --command 'ZADD board {int:0:1000} {key}' -P 16 -n 1m
  ringshard load memcached+udp://127.0.0.1 --workload get --preload --ramp 1k:50k:30s
  ringshard load http://127.0.0.1:8080/v1/keys/{key} --ratio 1:10 --verify
  ringshard load -h 127.0.0.1 -p 6379 -c 50 -n 100000 -t get,set -q

Exit codes: 0, 1 the run failed, 2 wrong usage, 99 an objective was missed, 130 ended by Ctrl-C.
`,
};

export const SWEEP_TEXT: CommandText = {
  name: 'ringshard load sweep',
  description: `Find a server's limit: a closed loop with more and more connections, then an open loop with higher and
higher rates, up to where it no longer keeps up or misses an objective.`,
  operands: [URL_OPERAND],
  after: `${TARGETS}
Examples:
  ringshard load sweep redis://127.0.0.1:6379 --slo 'p99<2ms' --html sweep.html
  ringshard load sweep redis://127.0.0.1 -c 1,2,4,8,16 --rates 10k:100k:10 --step 10s --workload ycsb-c
`,
};

export const COMPARE_TEXT: CommandText = {
  name: 'ringshard load compare',
  description: 'Show what has changed between two results that --json wrote.',
  operands: [
    { name: 'before', summary: 'the older result' },
    { name: 'after', summary: 'the newer result' },
  ],
  after: `
Example:
  ringshard load compare before.json after.json --html difference.html
`,
};
