/** The server under load, as its URL names it. */

export type Protocol = 'redis' | 'memcached' | 'memcached-udp' | 'http';

export interface Target {
  readonly protocol: Protocol;
  readonly host: string;
  readonly port: number;
  /** As given, without the password; for reports. */
  readonly url: string;
  readonly username?: string;
  readonly password?: string;
  /** redis: the database that every connection selects. */
  readonly database: number;
  /** redis: a Redis Cluster, of which `host` and `port` are one node. */
  readonly cluster: boolean;
  /** redis: the protocol version that HELLO asks for; 2 sends no HELLO. */
  readonly resp: 2 | 3;
  /** http: the URL's path and query, `/v1/keys/{key}` if it names none. */
  readonly path: string;
}
