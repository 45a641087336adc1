import { effective } from '../option.js';
import { addresses } from '../types/bind.js';
import { httpPort, names } from '../types/http.js';
import { INT_MAX, integer, memory } from '../types/number.js';
import { boolean, oneOf } from '../types/text.js';

const MIB = 1024 ** 2;
/** The acceptor does nothing else while it reads a document of JSON. */
const JSON_MAX = 64 * MIB;

export const HTTP = {
  'http-port': effective(httpPort(), {
    default: 'auto',
    summary: 'port for HTTP: REST, metrics, dashboard; auto: 8080, or none if that is taken; any: a free one; 0: none',
  }),
  'http-bind': effective(addresses(), {
    default: ['127.0.0.1', '-::1'],
    summary: 'addresses to serve HTTP on; one that begins with - may be missing, * is all',
  }),
  'http-hosts': effective(names('<names>', 'names of hosts'), {
    default: [],
    summary: 'names under which browsers may reach the server, beside localhost and addresses; * is any',
    live: true,
  }),
  'http-cors-origins': effective(names('<origins>', 'origins such as https://app.example'), {
    default: [],
    summary: "origins whose pages may use the API from a browser; * is any, with a password it isn't advised",
    live: true,
  }),
  'http-api': effective(oneOf('read-write', 'read-only', 'off'), {
    default: 'read-write',
    summary: 'what the API under /v1 may do',
    live: true,
  }),
  'http-writes': effective(boolean(), {
    default: false,
    summary: "whether the dashboard's command box may change anything",
    live: true,
  }),
  'http-body-limit': effective(memory(1024), {
    default: 16 * MIB,
    summary: 'largest value that a request may bring',
    live: true,
  }),
  'http-json-limit': effective(memory(1024, JSON_MAX), {
    default: MIB,
    summary: 'largest JSON document that a request may bring',
    live: true,
  }),
  'http-batch-limit': effective(integer(1, 1_000_000), {
    default: 1000,
    summary: 'most operations or commands in one request',
    unit: 'n',
    live: true,
  }),
  'http-header-limit': effective(memory(1024, MIB), {
    default: 16 * 1024,
    summary: "largest size of a request's headers",
  }),
  'http-header-timeout': effective(integer(1, INT_MAX), {
    default: 10,
    summary: "time in which a request's headers must have come",
    unit: 'seconds',
  }),
  'http-request-timeout': effective(integer(1, INT_MAX), {
    default: 60,
    summary: 'time in which a request must have come in full',
    unit: 'seconds',
  }),
  'http-keep-alive': effective(integer(1, INT_MAX), {
    default: 60,
    summary: 'time for which a connection without a request is kept',
    unit: 'seconds',
  }),
  'http-max-connections': effective(integer(1, INT_MAX), {
    default: 1000,
    summary: 'HTTP connections at the same time; one more is closed',
    unit: 'n',
  }),
};
