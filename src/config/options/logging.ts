import { effective } from '../option.js';
import { oneOf, text } from '../types/text.js';

export const LOGGING = {
  loglevel: effective(oneOf('debug', 'verbose', 'notice', 'warning', 'nothing'), {
    default: 'notice',
    summary: 'what is logged: debug, verbose, notice, warning or nothing',
    live: true,
  }),
  logfile: effective(text(undefined, 'a path', '<path>'), {
    default: '',
    defaultText: 'standard output',
    summary: 'file to append the log to',
  }),
  'log-format': effective(oneOf('redis', 'json'), {
    default: 'redis',
    summary: 'lines as Redis writes them, or an object a line',
  }),
};
