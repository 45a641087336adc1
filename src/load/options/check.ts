/** Combinations that can't work, or that would not do what whoever asked for them thinks. */
import {
  LEAST_VERIFIED_BYTES,
  MOST_DATAGRAM_REQUEST,
  MOST_OPERATIONS,
  MOST_UNDER_WAY,
  MOST_VERIFIED_KEYS,
  mostCommandBytes,
  mostDatagramValue,
} from '../plan/limits.js';
import type { Plan } from '../plan/plan.js';
import { KEYS_PATH } from '../plan/target-url.js';
import { UsageError } from '../plan/usage-error.js';
import { sizeRange } from '../plan/value-sizes.js';
import type { Workload } from '../plan/workload.js';
import { MOST_KEY_BYTES } from './table/workload.js';
import type { CommonValues } from './table.js';
import { isFixedPath } from './workload-of.js';

/** Inserted keys have numbers of their own: so many digits never run out. */
const LEAST_INSERT_DIGITS = 10;

export function checkPlan(plan: Plan, values: CommonValues): void {
  if (plan.threads > plan.connections) {
    throw new UsageError(
      `${plan.threads} threads can't share ${plan.connections} connections: give --connections more`,
    );
  }
  const underWay = Math.ceil(plan.connections / plan.threads) * plan.pipeline;
  if (underWay > MOST_UNDER_WAY) {
    throw new UsageError(
      `${underWay} requests under way are too many for a thread: give a smaller --pipeline or more --threads`,
    );
  }
  const { length } = plan.workload.operations;
  if (length > MOST_OPERATIONS)
    throw new UsageError(`${length} different commands are too many: at most ${MOST_OPERATIONS}`);
  checkKeys(plan);
  checkVerify(plan, values);
  checkValues(plan, values);
  if (plan.target.protocol === 'http') checkHttp(plan, values);
  if (plan.target.cluster) checkCluster(plan);
}

function checkKeys({ target, workload }: Plan): void {
  const { keys, keyDigits, keyPrefix } = workload;
  const digits = String(keys - 1).length;
  if (keyDigits < digits)
    throw new UsageError(`${keys} keys need ${digits} digits: --key-digits ${keyDigits} is too few`);
  if (keyDigits < LEAST_INSERT_DIGITS && workload.operations.some(({ kind }) => kind === 'insert')) {
    throw new UsageError(`inserted keys need --key-digits of at least ${LEAST_INSERT_DIGITS}`);
  }
  if (target.protocol === 'redis') return;
  if (keyBytes(workload) > MOST_KEY_BYTES && target.protocol !== 'http') {
    throw new UsageError(`memcached's keys have at most ${MOST_KEY_BYTES} bytes: give a shorter --key-prefix`);
  }
  const safe = target.protocol === 'http' ? /^[\w.~:@!$&'()*+,;=/-]*$/ : /^[!-~]*$/;
  if (!safe.test(keyPrefix))
    throw new UsageError(`--key-prefix '${keyPrefix}' has characters that keys can't have here`);
}

function checkVerify({ workload, preload, threads }: Plan, values: CommonValues): void {
  if (!workload.verify) {
    if (workload.allowMisses) throw new UsageError('--allow-misses is for --verify: give both');
    return;
  }
  if (hasCommands(workload)) {
    throw new UsageError('--verify knows what gets and sets do, not what a command does: use --workload or --ratio');
  }
  if (!workload.operations.some(({ kind }) => kind === 'read' || kind === 'modify')) {
    throw new UsageError('--verify checks what is read, and this workload reads no value by itself');
  }
  if (workload.keys < threads) {
    throw new UsageError(
      `with --verify each thread has keys of its own: ${threads} threads need more than ${workload.keys}`,
    );
  }
  const { least } = sizeRange(workload.values);
  if (least < LEAST_VERIFIED_BYTES) {
    throw new UsageError(`--verify needs values of at least ${LEAST_VERIFIED_BYTES} bytes, not ${least}`);
  }
  if (workload.keys / threads > MOST_VERIFIED_KEYS) {
    throw new UsageError(
      `--verify can follow ${MOST_VERIFIED_KEYS} keys a thread: give fewer --keys or more --threads`,
    );
  }
  if (workload.allowMisses) return;
  if (!preload)
    throw new UsageError('--verify must know what is stored: leave out --no-preload, or give --allow-misses');
  if (values.ttl !== undefined) throw new UsageError('with --ttl values go away: give --verify an --allow-misses');
}

function checkValues({ target, workload, preload }: Plan, values: CommonValues): void {
  const writes =
    preload || workload.operations.some(({ kind }) => kind === 'write' || kind === 'insert' || kind === 'modify');
  if (values.ttl !== undefined && !writes)
    throw new UsageError('--ttl is for sets and --preload; a command has its own words for it');
  if (target.protocol !== 'memcached-udp') return;
  const most = mostDatagramValue(keyBytes(workload));
  const { most: largest } = sizeRange(workload.values);
  if (writes && largest > most) {
    throw new UsageError(`a request must fit into one datagram: over UDP values have at most ${most} bytes`);
  }
  for (const { name, words = [] } of workload.operations) {
    const bytes = mostCommandBytes(words, keyBytes(workload), largest);
    if (bytes > MOST_DATAGRAM_REQUEST) {
      throw new UsageError(`a request must fit into one datagram: ${name} may have ${bytes} bytes, which is too much`);
    }
  }
}

function checkHttp({ target, workload, preload }: Plan, values: CommonValues): void {
  if (workload.operations.some(({ kind }) => kind === 'scan'))
    throw new UsageError('http has no scan: ycsb-e needs redis or memcached');
  const commands = values.command === undefined ? values.mix && '--mix' : '--command';
  if (commands !== undefined && target.path !== KEYS_PATH) {
    throw new UsageError(`${commands} names the path itself: leave it out of the URL`);
  }
  if (isFixedPath(target)) {
    const asked = FOR_KEYS.find(([key]) => values[key] !== undefined)?.[1];
    if (asked !== undefined || preload)
      throw new UsageError(`${asked ?? '--preload'} needs a {key} in the URL's path, which is always the same`);
  }
  if (values.ttl !== undefined && target.path !== KEYS_PATH) {
    throw new UsageError("--ttl works with ringshard's own REST API only: other servers each have their own way");
  }
}

const FOR_KEYS = [
  ['workload', '--workload'],
  ['ratio', '--ratio'],
  ['tests', '-t'],
  ['verify', '--verify'],
  ['preload', '--preload'],
] as const;

function checkCluster({ workload }: Plan): void {
  const oneSlot = /\{[^}]+\}/.test(workload.keyPrefix);
  if (!oneSlot && workload.operations.some(({ kind }) => kind === 'scan')) {
    throw new UsageError("a cluster can't scan: the keys lie in different slots, unless --key-prefix has a {tag}");
  }
}

function hasCommands({ operations }: Workload): boolean {
  return operations.some(({ kind }) => kind === 'command');
}

function keyBytes({ keyPrefix, keyDigits }: Workload): number {
  return Buffer.byteLength(keyPrefix) + keyDigits;
}
