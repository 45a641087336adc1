/** Options of what comes out. */
import { readObjectives } from '../../plan/objective.js';
import { UsageError } from '../../plan/usage-error.js';
import { flag, repeatable, single } from '../option.js';

export const OBJECTIVES = {
  objectives: repeatable(
    {
      names: ['slo'],
      argument: '<objective>',
      summary:
        "what must hold, else the exit code is 99: 'p99<2ms,errors<0.1%,throughput>50k'; also mean, max, any percentile",
    },
    readObjectives,
  ),
};

export const JSON_FILE = {
  json: single({ names: ['json', 'json-out-file'], argument: '<file>', summary: 'write the result as JSON' }, readPath),
};

export const HLOG_FILE = {
  hlog: single(
    { names: ['hlog'], argument: '<file>', summary: "write each second's latencies as an HdrHistogram log" },
    readPath,
  ),
};

export const HTML_FILE = {
  html: single(
    { names: ['html'], argument: '<file>', summary: 'write a page with tables and plots, all in one file' },
    readPath,
  ),
};

export const QUIET = {
  quiet: flag({ names: ['quiet'], short: 'q', summary: 'only the final line' }),
};

function readPath(text: string): string {
  if (text === '') throw new UsageError('expected the name of a file');
  return text;
}
