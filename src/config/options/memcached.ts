import { effective } from '../option.js';
import { memory } from '../types/number.js';
import { AUTO, portOrAuto } from '../types/port.js';

export const MEMCACHED = {
  'memcached-port': effective(portOrAuto(), {
    default: AUTO,
    summary: 'TCP port for the memcached protocols; 0: off; auto: 11211, or none where that is taken',
  }),
  'memcached-item-size-max': effective(memory(1024, 128 * 1024 ** 2), {
    default: 1024 ** 2,
    summary: 'largest item that the memcached protocols may store, as memcached counts it',
    live: true,
  }),
};
