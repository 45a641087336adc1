/** Every option and limit: flag, environment, file; defaults; validation; CONFIG GET, SET and REWRITE. */
export { type Assignment, type Origin, suggestion } from './assignment.js';
export { readEnvironment, variableOf } from './environment.js';
export { ConfigError, type ConfigErrorCode } from './error.js';
export { type ConfigListener, LiveConfig, type LiveConfigOptions } from './live.js';
export { type Machine, thisMachine } from './machine.js';
export { formatMemory, parseMemory } from './memory-text.js';
export { defaultOf } from './option.js';
export {
  type Config,
  findOption,
  isSecret,
  type NamedOption,
  namesOf,
  OPTION_GROUPS,
  OPTION_LIST,
  type OptionGroup,
  type OptionName,
  type ValueOf,
} from './options.js';
export { assignmentsOf, parseConf, type ReadFile, readConf } from './redis-conf.js';
export { type ConfigOptions, configOf, type Resolved, resolveConfig } from './resolve.js';
export { SHARD_MAX_BYTES, SHARD_MIN_BYTES } from './shard-memory.js';
export { type ListenAddress, listenAddresses } from './types/bind.js';
export type { ClientClass, OutputLimit, OutputLimits } from './types/output-limits.js';
export { quoteWord, splitWords } from './words.js';
