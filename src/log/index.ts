/** The server's log. */
export {
  type LogFields,
  type LogFormat,
  Logger,
  type LoggerOptions,
  type LogLevel,
  type LogThreshold,
} from './logger.js';
