/** LATENCY: what the latency monitor has seen, and how long commands take. */
import { Failure, type Value, Verbatim } from '../../message/value.js';
import type { LatencySeries } from '../latency-monitor.js';
import type { Answer, CommandContext, Handlers } from './context.js';
import { latencyReport } from './latency-doctor.js';
import { latencyGraph } from './latency-graph.js';
import { histograms } from './latency-histogram.js';

/** Events are named in lower case. */
function seriesOf({ server, words }: CommandContext): LatencySeries | undefined {
  return server.latency.events.get((words[0] as string).toLowerCase());
}

function history(context: CommandContext): Answer {
  return seriesOf(context)?.samples.map(({ at, ms }) => [at, ms]) ?? [];
}

function latest({ server }: CommandContext): Answer {
  return [...server.latency.events].map(([event, { samples, worst }]): Value => {
    const last = samples.at(-1);
    return [event, last?.at ?? 0, last?.ms ?? 0, worst];
  });
}

function reset({ server, words }: CommandContext): Answer {
  if (words.length === 0) return server.latency.reset();
  return words.reduce((count, event) => count + server.latency.reset(event), 0);
}

function graph(context: CommandContext): Answer {
  const series = seriesOf(context);
  const event = context.words[0] as string;
  if (series === undefined) return new Failure(`ERR No samples available for event '${event}'`);
  return new Verbatim(latencyGraph(event.toLowerCase(), series, context.server.now()));
}

function doctor({ server }: CommandContext): Answer {
  const { latencyMonitorThreshold, slowlogLogSlowerThan } = server.config.current;
  return new Verbatim(latencyReport(server.latency.events, latencyMonitorThreshold, slowlogLogSlowerThan));
}

export const LATENCY_HANDLERS: Handlers = {
  'latency|history': history,
  'latency|latest': latest,
  'latency|reset': reset,
  'latency|graph': graph,
  'latency|doctor': doctor,
  'latency|histogram': ({ server, words }) => histograms(server.stats.figures(), words),
};
