import { effective } from '../option.js';
import { addresses } from '../types/bind.js';
import { integer, memory, UINT_MAX } from '../types/number.js';
import { AUTO, portOrAuto } from '../types/port.js';
import { boolean } from '../types/text.js';

export const MEMCACHED = {
  'memcached-port': effective(portOrAuto(), {
    default: AUTO,
    summary: 'TCP port for the memcached protocols; 0: off; auto: 11211, or none where that is taken',
  }),
  'memcached-udp-port': effective(portOrAuto(), {
    default: AUTO,
    summary: 'UDP port for the memcached protocols; 0: off; auto: that of memcached-port, or none where it is taken',
  }),
  'udp-bind': effective(addresses(), {
    default: ['127.0.0.1', '-::1'],
    summary: 'addresses to serve UDP on; elsewhere than on this machine it also needs protected-mode no',
  }),
  'udp-reply-factor': effective(integer(1, 1000), {
    default: 3,
    summary: 'a UDP reply is at most so many times as long as its request, unless the address has proved itself',
    unit: 'n',
    live: true,
  }),
  'udp-rate': effective(integer(0, UINT_MAX), {
    default: 1000,
    summary: 'UDP requests a second of an address that has not proved itself by a TCP connection; 0: no limit',
    unit: 'n',
    live: true,
  }),
  'udp-trust-loopback': effective(boolean(), {
    default: true,
    summary: 'whether addresses of this machine count as proved, which nobody outside can forge',
    live: true,
  }),
  'memcached-item-size-max': effective(memory(1024, 128 * 1024 ** 2), {
    default: 1024 ** 2,
    summary: 'largest item that the memcached protocols may store, as memcached counts it',
    live: true,
  }),
};
