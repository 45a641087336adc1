/** The public interface: run a server inside a program or a test. */
export { type Reply, ReplyError } from './acceptor/local/reply-parser.js';
export type { Word } from './acceptor/local/request-writer.js';
export { type Config, ConfigError, type ConfigOptions } from './config/index.js';
export type { Client, ClientOptions, Key, ScanOptions, SetOptions, Value } from './embed/client.js';
export { type Clock, type CreateServerOptions, createServer, type EmbeddedServer } from './embed/create-server.js';
export type { Span } from './embed/span.js';
export { VERSION } from './version.js';
