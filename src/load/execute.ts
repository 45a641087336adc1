/** Does what the command line asks for. Returns the exit code: 0, 1 failed, 99 an objective was missed, 130 interrupted. */
import { readFileSync } from 'node:fs';
import type { LoadRequest, Output } from './options/request.js';
import {
  checkWritable,
  comparePage,
  histogramLog,
  ReportError,
  runPage,
  sweepPage,
  writeReport,
} from './report/index.js';
import { DocumentError, parseDocument } from './result/document.js';
import type { LoadResult } from './result/result.js';
import { runPlan } from './run/run.js';
import { compareText, finalText, hasColors, headline, LiveView } from './show/index.js';
import { runSweep } from './sweep/sweep.js';
import { stepLine, sweepText } from './sweep/text.js';

const EXIT_FAILED = 1;
const EXIT_OBJECTIVE = 99;
const EXIT_INTERRUPTED = 130;

type Request<K extends LoadRequest['kind']> = Extract<LoadRequest, { readonly kind: K }>;

export async function execute(request: Request<'run' | 'sweep' | 'compare'>): Promise<number> {
  try {
    const { json, hlog, html } = request.output;
    for (const path of [json, hlog, html]) if (path !== undefined) checkWritable(path);
    if (request.kind === 'run') return await run(request);
    return request.kind === 'sweep' ? await sweep(request) : compare(request);
  } catch (error) {
    if (!(error instanceof ReportError) && !(error instanceof DocumentError)) throw error;
    process.stderr.write(`ringshard load: ${error.message}\n`);
    return EXIT_FAILED;
  }
}

/** The first Ctrl-C ends what is under way and reports it; a second one ends the program. */
async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const stop = () => {
    if (controller.signal.aborted) process.exit(EXIT_INTERRUPTED);
    controller.abort();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  try {
    return await work(controller.signal);
  } finally {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  }
}

async function run({ plan, output }: Request<'run'>): Promise<number> {
  const view = output.quiet ? undefined : new LiveView(process.stderr);
  const { result, intervals } = await interruptible(async (signal) => {
    try {
      return await runPlan(plan, { signal, ...(view === undefined ? {} : { onProgress: view.show }) });
    } finally {
      view?.stop();
    }
  });
  const colors = hasColors(process.stdout);
  process.stdout.write(output.quiet ? `${headline(result)}\n` : finalText(result, { colors }));
  writeJson(output, result);
  if (output.hlog !== undefined) writeReport(output.hlog, histogramLog(intervals, result.startedAt));
  if (output.html !== undefined) writeReport(output.html, runPage(result));
  return exitCodeOf(result);
}

function exitCodeOf({ end, verification, objectives, generator }: LoadResult): number {
  if (end === 'interrupted') return EXIT_INTERRUPTED;
  if (end === 'failed' || verification?.passed === false) return EXIT_FAILED;
  if (objectives.every(({ met }) => met)) return 0;
  // What a late generator has spoilt tells nothing of the server; what was met in spite of it, was met.
  return generator.valid ? EXIT_OBJECTIVE : EXIT_FAILED;
}

function writeJson({ json }: Output, result: object): void {
  if (json !== undefined) writeReport(json, `${JSON.stringify(result, undefined, 1)}\n`);
}

async function sweep({ plan, sweep: settings, output }: Request<'sweep'>): Promise<number> {
  const say = (line: string) => {
    if (!output.quiet) process.stderr.write(`${line}\n`);
  };
  const { result } = await interruptible((signal) =>
    runSweep(plan, settings, runPlan, { signal, onStep: (step) => say(stepLine(step)) }),
  );
  process.stdout.write(sweepText(result, { colors: hasColors(process.stdout) }));
  writeJson(output, result);
  if (output.html !== undefined) writeReport(output.html, sweepPage(result));
  if (result.end === 'interrupted') return EXIT_INTERRUPTED;
  if (result.end === 'failed') return EXIT_FAILED;
  return result.objectives.length > 0 && result.knee === undefined ? EXIT_OBJECTIVE : 0;
}

function compare({ before, after, output }: Request<'compare'>): number {
  const [first, second] = [before, after].map(readResult) as [LoadResult, LoadResult];
  process.stdout.write(compareText(first, second, { colors: hasColors(process.stdout) }));
  if (output.html !== undefined) writeReport(output.html, comparePage(first, second));
  return 0;
}

function readResult(file: string): LoadResult {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new DocumentError(`can't read ${file}: ${(error as NodeJS.ErrnoException).code}`);
  }
  return parseDocument(text, file);
}
