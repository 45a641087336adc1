/** The server's log. */
export { Logger, type LoggerOptions, type LogLevel } from './logger.js';
