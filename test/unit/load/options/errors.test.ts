/** Every complaint is one line that names what is wrong. */
import { expect, it } from 'vitest';
import { errorOf, parse } from './parse.js';

const LONG = 'x'.repeat(240);

it.each<[string | string[], string]>([
  // The target.
  ['', 'needs a target, for example redis://127.0.0.1:6379 (more: ringshard load --help)'],
  ['h:6379', 'the target must be a URL: did you mean redis://h:6379?'],
  [
    'rediss://h',
    'rediss://: TLS is not supported (there are redis://, redis+cluster://, memcached://, memcached+udp:// and http://)',
  ],
  ['redis://h -p 1', '-h and -p stand in place of a URL: give one of them'],
  ['redis://h x', 'too many arguments. Expected 1 argument but got 2.'],
  ['redis://h --db=1 -c 2 sweep', 'too many arguments. Expected 1 argument but got 2.'],
  ['-c 2 sweep', "'sweep' must come first: ringshard load sweep ..."],
  ['redis://h/1 --db 2', 'the URL and --db name different databases'],
  ['redis://h/1 --cluster', 'a Redis Cluster has no database but 0'],
  ['memcached://h --cluster', '--cluster is for redis targets only'],
  ['http://h --resp 3', '--resp is for redis targets only'],
  ['redis://h --resp 4', "invalid value '4' for --resp: expected 2 or 3"],
  ['memcached://h -a x', "memcached's protocol has no user and no password"],
  ['redis://h -a x --password-file y', '-a and --password-file exclude each other: give one of them'],
  ['redis://:x@h -a y', 'the URL has a password, and so has an option: give one of them'],
  ['redis://u@h', "user 'u' has no password: give it in the URL, a file or RINGSHARD_LOAD_PASSWORD"],
  ['redis://u:p@h --user v', 'the URL and --user both name a user: give one of them'],
  ['redis://h --password-file gone', "can't open 'gone' of --password-file: no such file or directory"],
  ['redis://h --password-file empty', "'empty' of --password-file is empty"],
  // Options.
  ['redis://h --conections 5', "unknown option '--conections' (did you mean --connections?)"],
  ['redis://h --pasword=hunter2', "unknown option '--pasword' (did you mean --password?)"],
  ['redis://h -x', "unknown option '-x'"],
  ['redis://h -c', "option '-c, --connections <n>' argument missing"],
  ['redis://h -c many', "invalid value 'many' for --connections: expected a whole number from 1 to 60000"],
  ['redis://h --clients 0', "invalid value '0' for --clients: expected a whole number from 1 to 60000"],
  ['redis://h --json=', "invalid value '' for --json: expected the name of a file"],
  ['redis://h --json x --html x', "two results can't be written to one file"],
  ['redis://h --slo p99', "invalid value 'p99' for --slo: expected such as 'p99<2ms'"],
  // The load.
  ['redis://h -T 2 -c 1', "2 threads can't share 1 connections: give --connections more"],
  ['redis://h -n 5 --duration 1s', '--requests and --duration exclude each other: give one of them'],
  ['redis://h --rate 5 --ramp 1:2:3s', '--rate and --ramp exclude each other: give one of them'],
  ['redis://h --ramp 1:2:3s --steps 1:1s', '--ramp and --steps exclude each other: give one of them'],
  ['redis://h --ramp 1:2:3s --duration 5s', '--ramp says how long the run is: leave out --duration'],
  ['redis://h --steps 1:1s -n 5', '--steps says how long the run is: leave out --requests'],
  ['redis://h --arrivals poisson', '--arrivals is for an open loop: give --rate, --ramp or --steps too'],
  ['redis://h --pacing spin', '--pacing is for an open loop: give --rate, --ramp or --steps too'],
  ['redis://h -c 1000 -P 10k', '10000000 requests under way are too many for a thread'],
  // What is sent.
  ['redis://h --workload ycsb', "invalid value 'ycsb' for --workload: expected get, set, mixed, ycsb-a"],
  ['redis://h --workload get --ratio 1:1', '--workload and --ratio exclude each other: give one of them'],
  ['redis://h --mix mix -t get', '-t and --mix exclude each other: give one of them'],
  ['redis://h --ratio 1', "invalid value '1' for --ratio: expected sets:gets, such as 1:10"],
  ['redis://h --ratio 0:0', "invalid value '0:0' for --ratio: one of the two must be above 0"],
  ['redis://h -t get,nosuch', "unknown test 'nosuch' of -t: there are get, set, ping"],
  ['memcached://h -t incr', "unknown test 'incr' of -t: there are get or set"],
  ['redis://h --command-ratio 5', '--command-ratio follows the --command that it is about'],
  ['redis://h --command-ratio 5 --command PING', '--command-ratio follows the --command that it is about'],
  ['redis://h --command PING --command-ratio 0', 'one --command-ratio must be above 0'],
  [['redis://h', '--command', 'GET {kye}'], "--command 'GET {kye}': unknown '{kye}' (did you mean {key}?)"],
  ['redis://h --mix gone', "can't open 'gone': no such file or directory"],
  [
    ['redis://h', ...Array.from({ length: 61 }, (_, i) => `--command=C${i}`)],
    '61 different commands are too many: at most 60',
  ],
  // Keys and values.
  ['redis://h -r 1000 --key-digits 2', '1000 keys need 3 digits: --key-digits 2 is too few'],
  ['redis://h --workload ycsb-d --key-digits 6', 'inserted keys need --key-digits of at least 10'],
  [['memcached://h', '--key-prefix', LONG], "memcached's keys have at most 250 bytes: give a shorter --key-prefix"],
  [['memcached://h', '--key-prefix', 'a b'], "--key-prefix 'a b' has characters that keys can't have here"],
  [['http://h', '--key-prefix', 'a?b'], "--key-prefix 'a?b' has characters that keys can't have here"],
  ['redis://h --preload --no-preload', '--preload and --no-preload exclude each other: give one of them'],
  ['redis://h --ttl 1500ms', "invalid value '1500ms' for --ttl: expected whole seconds"],
  ['redis://h --workload get --ttl 5s', '--ttl is for sets and --preload'],
  ['redis://h --command PING --ttl 5s', '--ttl is for sets and --preload'],
  ['memcached+udp://h -d 70000', 'a request must fit into one datagram: over UDP values have at most 65456 bytes'],
  [
    ['memcached+udp://h', '--command', 'set {key} 0 0 {value:70000}'],
    'a request must fit into one datagram: set may have 70039 bytes, which is too much',
  ],
  ['redis+cluster://h --workload ycsb-e', "a cluster can't scan"],
  // Verification.
  ['redis://h --allow-misses', '--allow-misses is for --verify: give both'],
  ['redis://h --verify --command PING', '--verify knows what gets and sets do'],
  ['redis://h --verify --mix mix', '--verify knows what gets and sets do'],
  ['redis://h --verify -d 8-64', '--verify needs values of at least 16 bytes, not 8'],
  ['redis://h --verify --no-preload', '--verify must know what is stored'],
  ['redis://h --verify --ttl 5s', 'with --ttl values go away'],
  ['redis://h --verify -r 200m', '--verify can follow 100000000 keys a thread'],
  // http.
  ['http://h --workload ycsb-e', 'http has no scan: ycsb-e needs redis or memcached'],
  [['http://h/x/{key}', '--command', 'GET /'], '--command names the path itself: leave it out of the URL'],
  ['http://h/x --workload get', "--workload needs a {key} in the URL's path"],
  ['http://h/x --ratio 1:1', "--ratio needs a {key} in the URL's path"],
  ['http://h/x --preload', "--preload needs a {key} in the URL's path"],
  ['http://h/x/{key} --ttl 5s', "--ttl works with ringshard's own REST API only"],
])('%j', (args, message) => {
  const list = typeof args === 'string' ? args.split(' ').filter((arg) => arg !== '') : args;
  const error = errorOf(...list);
  expect(error).toContain(`ringshard load: ${message}`);
  expect(error).not.toMatch(/[\n\r]/);
});

it('verifies neither one path nor without values', () => {
  expect(errorOf('http://h/x', '--verify')).toMatch(/^ringshard load: --verify /);
});

it('never shows a password', () => {
  const lines = [
    ['redis://u:hunter2@h', '-c', 'x'],
    ['redis://u:hunter2@h:x'],
    ['redis://h', '-a', 'hunter2', '-c', 'x'],
    ['redis://h', '--passwort=hunter2'],
    ['redis://u:hunter2@h', 'redis://u:hunter2@h'],
  ];
  for (const args of lines) {
    expect(parse(args)).toMatchObject({ kind: 'error', message: expect.not.stringContaining('hunter2') });
  }
});

it('lets a cluster scan keys of one slot', () => {
  expect(parse(['redis+cluster://h', '--workload', 'ycsb-e', '--key-prefix', '{tag}:'])).toMatchObject({ kind: 'run' });
});
