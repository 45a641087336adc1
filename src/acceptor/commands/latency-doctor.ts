/** LATENCY DOCTOR: what the latency monitor has seen, in words, and what may help. */
import type { LatencySeries } from '../latency-monitor.js';

const DISABLED =
  'Latency monitoring is disabled: nothing is known of slow events. ' +
  'CONFIG SET latency-monitor-threshold <milliseconds> enables it.\n';
const NOTHING = 'No latency spike was observed since the start, or since the last LATENCY RESET.\n';

/** `threshold` is in milliseconds (0: the monitor is off), `slowerThan` in microseconds (negative: no slow log). */
export function latencyReport(
  events: ReadonlyMap<string, LatencySeries>,
  threshold: number,
  slowerThan: number,
): string {
  if (events.size === 0) return threshold === 0 ? DISABLED : NOTHING;
  const lines = [...events].map(([event, series], i) => `${i + 1}. ${event}: ${spikes(series)}`);
  const advice = adviceFor(threshold, slowerThan).map((line) => `- ${line}`);
  return `Latency spikes were observed:\n\n${lines.join('\n')}\n\nWhat may help:\n\n${advice.join('\n')}\n`;
}

function spikes({ samples, worst }: LatencySeries): string {
  const count = samples.length;
  const mean = samples.reduce((sum, { ms }) => sum + ms, 0) / count;
  const deviation = samples.reduce((sum, { ms }) => sum + Math.abs(ms - mean), 0) / count;
  const seconds = (samples.at(-1)?.at ?? 0) - (samples[0]?.at ?? 0);
  return (
    `${count} latency spikes (average ${Math.floor(mean)}ms, mean deviation ${Math.floor(deviation)}ms, ` +
    `period ${(seconds / count).toFixed(2)} sec). Worst all time event ${worst}ms.`
  );
}

function adviceFor(threshold: number, slowerThan: number): string[] {
  const advice: string[] = [];
  if (slowerThan < 0) {
    advice.push('The slow log is off. CONFIG SET slowlog-log-slower-than 1000 enables it.');
  } else if (threshold > 0 && slowerThan > threshold * 1000) {
    advice.push(
      'The slow log takes only what is slower than what was observed here. ' +
        `CONFIG SET slowlog-log-slower-than ${threshold * 1000} makes it take this too.`,
    );
  } else {
    advice.push('SLOWLOG GET shows which commands were slow, and with which arguments.');
  }
  advice.push(
    'Commands on long values are worked on in slices, and other clients go on meanwhile; those that wait for the same ' +
      'keys do not. Keep values short that many clients use.',
    'A machine with fewer free cores than shards makes threads wait for one another: use fewer shards.',
  );
  return advice;
}
