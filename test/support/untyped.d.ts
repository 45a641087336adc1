/** The part that is used here of packages without types. */
declare module 'memcached' {
  type Done<T> = (error: unknown, value: T) => void;
  export default class Memcached {
    constructor(server: string);
    get(key: string, done: Done<unknown>): void;
    getMulti(keys: readonly string[], done: Done<unknown>): void;
    gets(key: string, done: Done<{ cas: string }>): void;
    set(key: string, value: unknown, seconds: number, done: Done<boolean>): void;
    cas(key: string, value: unknown, cas: string, seconds: number, done: Done<boolean>): void;
    incr(key: string, by: number, done: Done<number>): void;
    append(key: string, value: string, done: Done<boolean>): void;
    touch(key: string, seconds: number, done: Done<boolean>): void;
    del(key: string, done: Done<boolean>): void;
    stats(done: Done<readonly Record<string, unknown>[]>): void;
    end(): void;
  }
}

declare module 'memjs' {
  interface Options {
    readonly expires?: number;
    readonly initial?: number;
  }
  export interface Client {
    get(key: string): Promise<{ value: Buffer | null }>;
    set(key: string, value: string | Buffer, options: Options): Promise<boolean>;
    add(key: string, value: string, options: Options): Promise<boolean>;
    replace(key: string, value: string, options: Options): Promise<boolean>;
    append(key: string, value: string): Promise<boolean>;
    increment(key: string, by: number, options: Options): Promise<{ value: number }>;
    decrement(key: string, by: number, options: Options): Promise<{ value: number }>;
    touch(key: string, seconds: number): Promise<boolean>;
    delete(key: string): Promise<boolean>;
    close(): void;
  }
  const memjs: {
    Client: { create(servers: string, options?: { username?: string; password?: string; retries?: number }): Client };
  };
  export default memjs;
}
