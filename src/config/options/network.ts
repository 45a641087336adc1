import { effective } from '../option.js';
import { addresses } from '../types/bind.js';
import { INT_MAX, integer, UINT_MAX } from '../types/number.js';

export const NETWORK = {
  port: effective(integer(0, 65535), {
    default: 6379,
    summary: 'TCP port to listen on; 0 takes any free one',
    unit: 'port',
  }),
  bind: effective(addresses(), {
    default: ['127.0.0.1', '-::1'],
    summary: 'addresses to listen on; one that begins with - may be missing, * is all',
  }),
  'tcp-backlog': effective(integer(0, INT_MAX), {
    default: 511,
    summary: 'connections that may wait to be accepted',
    unit: 'n',
  }),
  'tcp-keepalive': effective(integer(0, INT_MAX), {
    default: 300,
    summary: 'silence after which a connection is probed; 0: never',
    unit: 'seconds',
    live: true,
  }),
  timeout: effective(integer(0, INT_MAX), {
    default: 0,
    summary: 'idle time after which a client is closed; 0: never',
    unit: 'seconds',
    live: true,
  }),
  maxclients: effective(integer(1, UINT_MAX), {
    default: 10000,
    summary: 'clients that may be connected at the same time',
    unit: 'n',
    live: true,
  }),
};
