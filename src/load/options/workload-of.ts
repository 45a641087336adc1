/** What to send: operations, keys and values, from the options that name them. */
import { readCommand, uniqueNames } from '../plan/command.js';
import { readMixFile } from '../plan/mix-file.js';
import { mixOf, PRESETS, type Preset, testNames, testOf } from '../plan/presets.js';
import type { Target } from '../plan/target.js';
import { hasKey, parseWord } from '../plan/template.js';
import { UsageError } from '../plan/usage-error.js';
import type { Operation, Workload } from '../plan/workload.js';
import type { GivenOption } from './command-line.js';
import type { LoadEnvironment } from './environment.js';
import { listOf } from './option.js';
import type { CommonValues } from './table.js';
import { refuseTogether } from './values.js';

const USUAL_KEYS = 100_000;
const USUAL_DIGITS = 12;
const USUAL_BYTES = 64;

/** The workload, and whether it starts with all keys stored. */
export interface WorkloadPlan {
  readonly workload: Workload;
  readonly preload: boolean;
}

export function workloadOf(
  target: Target,
  values: CommonValues,
  given: readonly GivenOption[],
  environment: LoadEnvironment,
): WorkloadPlan {
  const preset = operationsOf(target, values, given, environment);
  refuseTogether(values, ['preload', '--preload'], ['noPreload', '--no-preload']);
  const verify = values.verify === true;
  const workload: Workload = {
    operations: preset.operations,
    keys: values.keys ?? USUAL_KEYS,
    keyPrefix: values.keyPrefix ?? 'key:',
    keyDigits: values.keyDigits ?? USUAL_DIGITS,
    distribution: values.distribution ?? preset.distribution ?? { kind: 'uniform' },
    values: values.values ?? preset.values ?? { kind: 'fixed', bytes: USUAL_BYTES },
    ...(values.ttl === undefined ? {} : { ttl: values.ttl }),
    verify,
    allowMisses: values.allowMisses === true,
  };
  const usual = preset.preload === true || verify;
  return { workload, preload: values.preload === true || (usual && values.noPreload !== true) };
}

function operationsOf(
  target: Target,
  values: CommonValues,
  given: readonly GivenOption[],
  environment: LoadEnvironment,
): Preset {
  refuseTogether(
    values,
    ['workload', '--workload'],
    ['ratio', '--ratio'],
    ['tests', '-t'],
    ['command', '--command'],
    ['mix', '--mix'],
  );
  const { protocol } = target;
  if (values.commandRatio !== undefined && values.command === undefined) throw noCommand();
  if (values.command !== undefined) return { operations: commandsOf(given, target) };
  if (values.mix !== undefined) return { operations: readMixFile(values.mix, protocol, environment.readFile) };
  if (values.tests !== undefined) return { operations: testsOf(values.tests, target) };
  if (values.ratio !== undefined) return { operations: mixOf(values.ratio.sets, values.ratio.gets) };
  if (values.workload === undefined && isFixedPath(target)) return { operations: [getOf(target.path)] };
  return PRESETS.get(values.workload ?? 'mixed') as Preset;
}

/** Whether every request is a GET of one path, unless commands name others. */
export function isFixedPath({ protocol, path }: Target): boolean {
  return protocol === 'http' && !hasKey(parseWord(path));
}

function getOf(path: string): Operation {
  return { name: 'GET', kind: 'command', weight: 1, words: [parseWord('GET'), parseWord(path)] };
}

/** Each --command, with the weight of the --command-ratio that follows it. */
function commandsOf(given: readonly GivenOption[], { protocol }: Target): readonly Operation[] {
  const operations: Operation[] = [];
  for (const { key, option, text } of given) {
    if (key === 'command') operations.push(commandOf(text, protocol));
    if (key !== 'commandRatio') continue;
    const last = operations.pop();
    if (last === undefined) throw noCommand();
    const [weight] = option.read(text, undefined) as readonly [number];
    operations.push({ ...last, weight });
  }
  const possible = operations.filter(({ weight }) => weight > 0);
  if (possible.length === 0) throw new UsageError('one --command-ratio must be above 0');
  return uniqueNames(possible);
}

function commandOf(text: string, protocol: Target['protocol']): Operation {
  try {
    return readCommand(text, 1, protocol);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new UsageError(`--command '${text}': ${error.message}`, { cause: error });
  }
}

function testsOf(names: readonly string[], { protocol }: Target): readonly Operation[] {
  const known = testNames(protocol);
  return [...new Set(names)].map((name) => {
    const test = known.includes(name) ? testOf(name) : undefined;
    if (test === undefined) throw new UsageError(`unknown test '${name}' of -t: there are ${listOf(known)}`);
    return typeof test === 'string' ? { ...readCommand(test, 1, protocol), name } : test;
  });
}

function noCommand(): UsageError {
  return new UsageError('--command-ratio follows the --command that it is about');
}
