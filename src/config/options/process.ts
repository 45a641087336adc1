import { effective } from '../option.js';
import { INT_MAX, integer } from '../types/number.js';
import { text } from '../types/text.js';

export const PROCESS = {
  pidfile: effective(text(undefined, 'a path', '<path>'), {
    default: '',
    defaultText: 'none',
    summary: 'file that holds the process id while the server runs',
  }),
  'shutdown-timeout': effective(integer(0, INT_MAX), {
    default: 10,
    summary: 'time that clients have to finish when the server stops',
    unit: 'seconds',
    live: true,
  }),
};
