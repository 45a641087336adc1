/** The options of each command of `ringshard load`, in the groups and the order in which --help shows them. */
import type { LoadOption } from './option.js';
import { COMMON_LOAD, RUN_LOAD, SWEEP_LOAD } from './table/load.js';
import { HLOG_FILE, HTML_FILE, JSON_FILE, OBJECTIVES, QUIET } from './table/output.js';
import { TARGET } from './table/target.js';
import { KEYS, OPERATIONS, VALUES } from './table/workload.js';

type Group = Readonly<Record<string, LoadOption>>;

const WORKLOAD_GROUPS = { Operations: OPERATIONS, Keys: KEYS, Values: VALUES };

export const RUN_GROUPS = {
  Target: TARGET,
  Load: { ...RUN_LOAD, ...COMMON_LOAD },
  ...WORKLOAD_GROUPS,
  Results: { ...OBJECTIVES, ...JSON_FILE, ...HLOG_FILE, ...HTML_FILE, ...QUIET },
} satisfies Readonly<Record<string, Group>>;

export const SWEEP_GROUPS = {
  Target: TARGET,
  Load: { ...SWEEP_LOAD, ...COMMON_LOAD },
  ...WORKLOAD_GROUPS,
  Results: { ...OBJECTIVES, ...JSON_FILE, ...HTML_FILE, ...QUIET },
} satisfies Readonly<Record<string, Group>>;

export const COMPARE_GROUPS = {
  Results: { ...HTML_FILE, ...QUIET },
} satisfies Readonly<Record<string, Group>>;

/** What every command that sends has. */
export type CommonValues = ValuesOf<
  typeof TARGET & typeof COMMON_LOAD & typeof OPERATIONS & typeof KEYS & typeof VALUES & typeof OBJECTIVES
>;
export type RunValues = CommonValues & OutputValues & ValuesOf<typeof RUN_LOAD>;
export type SweepValues = CommonValues & OutputValues & ValuesOf<typeof SWEEP_LOAD>;
export type OutputValues = ValuesOf<typeof JSON_FILE & typeof HLOG_FILE & typeof HTML_FILE & typeof QUIET>;

/** The values of the options that were given. */
type ValuesOf<T> = { readonly [K in keyof T]?: T[K] extends LoadOption<infer V> ? V : never };
