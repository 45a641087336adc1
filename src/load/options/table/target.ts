/** Options that say which server, and how to talk to it. */
import { readCount, readDuration } from '../../plan/quantity.js';
import { flag, oneOf, single } from '../option.js';

const text = (value: string) => value;

export const TARGET = {
  host: single(
    { names: ['host'], short: 'h', argument: '<host>', summary: 'in place of a URL: a Redis server here' },
    text,
  ),
  port: single(
    { names: ['port'], short: 'p', argument: '<port>', summary: 'in place of a URL: the port of a Redis server' },
    (value) => readCount(value, 1, 65535),
  ),
  user: single({ names: ['user'], argument: '<name>', summary: 'user to log in as; also in the URL' }, text),
  password: single(
    {
      names: ['password'],
      short: 'a',
      argument: '<password>',
      summary: 'better in RINGSHARD_LOAD_PASSWORD or a file: others can see command lines',
      secret: true,
    },
    text,
  ),
  passwordFile: single({ names: ['password-file'], argument: '<file>', summary: 'file that holds the password' }, text),
  database: single(
    { names: ['db', 'dbnum'], argument: '<n>', summary: 'redis: database; also in the URL', default: '0' },
    (value) => readCount(value, 0, 999_999_999),
  ),
  cluster: flag({
    names: ['cluster', 'cluster-mode'],
    summary: 'redis: the target is a node of a Redis Cluster, as with redis+cluster://',
  }),
  resp: oneOf(
    { names: ['resp'], argument: '<2|3>', summary: 'redis: version of the protocol', default: '2' },
    '2',
    '3',
  ),
  timeout: single(
    {
      names: ['timeout'],
      argument: '<time>',
      summary: 'after which a request counts as unanswered',
      default: '5s; UDP 1s',
    },
    (value) => readDuration(value, 0.001, 3600),
  ),
};
