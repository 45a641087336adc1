/** Every option and limit: flag, environment, file; defaults; validation; CONFIG GET, SET and REWRITE. */
export { type Assignment, type Origin, suggestion } from './assignment.js';
export { readEnvironment, variableOf } from './environment.js';
export { ConfigError } from './error.js';
export { LiveConfig } from './live.js';
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
  type OptionName,
} from './options.js';
export { assignmentsOf, parseConf, type ReadFile, readConf } from './redis-conf.js';
export { type ConfigOptions, configOf, resolveConfig } from './resolve.js';
export { SHARD_MAX_BYTES } from './shard-memory.js';
export { listenAddresses } from './types/bind.js';
export { AUTO } from './types/port.js';
export { quoteWord, splitWords } from './words.js';
