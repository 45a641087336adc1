/** A run's settings, machine and generator as pairs of name and text: for the terminal and for pages. */
import type { Machine } from '../result/machine.js';
import type { Generator, LoadResult, Settings } from '../result/result.js';
import { bytesText, countText, durationText, latencyText, plural, rateText, shareText } from './numbers.js';

export type Pair = readonly [name: string, text: string];

export function settingsPairs(settings: Settings): Pair[] {
  return [
    ['target', `${settings.target} (${settings.protocol})`],
    ['load', loadText(settings)],
    ['connections', connectionsText(settings)],
    ['operations', settings.operations],
    ['keys', `${countText(settings.keys)}, ${settings.distribution}`],
    ['values', `${settings.values}${settings.ttl === undefined ? '' : `, expire after ${durationText(settings.ttl)}`}`],
    ['warm-up', durationText(settings.warmup)],
    ['timeout', durationText(settings.timeout)],
    ['verified', settings.verify ? 'yes' : 'no'],
    ['seed', String(settings.seed)],
  ];
}

export function machinePairs(machine: Machine): Pair[] {
  return [
    ['host', machine.host],
    ['CPU', `${machine.cpu}, ${plural(machine.cores, 'core')}`],
    ['memory', bytesText(machine.memoryBytes)],
    ['system', machine.platform],
    ['Node.js', machine.node],
  ];
}

export function generatorPairs({ generator, settings }: Pick<LoadResult, 'generator' | 'settings'>): Pair[] {
  const { cpuPerRequest, utilization, stalls, longestStall, lateness } = generator;
  return [
    ['CPU', `${latencyText(cpuPerRequest)} a request`],
    ['busiest thread', `${shareText(utilization)} at work`],
    ['stalls over 1 ms', stalls === 0 ? 'none' : `${countText(stalls)}, the longest ${latencyText(longestStall)}`],
    ...(lateness === undefined || settings.load === 'closed loop' ? [] : [latenessPair(lateness)]),
  ];
}

/** What the latency figures count, in one line. */
export function latencyMeaning({ load }: Settings): string {
  return load === 'closed loop'
    ? 'closed loop: latency from the send time; waiting behind a stalled server is not counted'
    : 'open loop: latency from the intended send time; what waits behind a stalled server is counted';
}

function latenessPair({ count, p50, p99, max }: NonNullable<Generator['lateness']>): Pair {
  const text = `p50 ${latencyText(p50)}, p99 ${latencyText(p99)}, max ${latencyText(max)}`;
  return ['sent late by', count === 0 ? 'nothing' : text];
}

function loadText({ load, arrivals, schedule, offered }: Settings): string {
  const offer = offered === undefined ? undefined : `${rateText(offered)} offered`;
  return [load, arrivals, schedule, offer].filter((part) => part !== undefined).join(', ');
}

function connectionsText({ connections, pipeline, threads }: Settings): string {
  return `${countText(connections)}, pipeline ${pipeline}, ${plural(threads, 'thread')}`;
}
