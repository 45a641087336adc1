/** The part that is used here of packages without types. */
declare module 'redis-parser' {
  export default class Parser {
    constructor(options: {
      returnReply(reply: unknown): void;
      returnError(error: Error): void;
      returnBuffers?: boolean;
    });
    execute(chunk: Buffer): void;
  }
}

declare module 'benchmark' {
  interface Stats {
    readonly mean: number;
    readonly rme: number;
    readonly sample: readonly number[];
  }
  interface Deferred {
    resolve(): void;
  }
  interface Options {
    readonly defer?: boolean;
    readonly minSamples?: number;
    readonly maxTime?: number;
    readonly minTime?: number;
  }
  class Benchmark {
    readonly name: string;
    readonly hz: number;
    readonly stats: Stats;
    readonly error?: Error;
  }
  namespace Benchmark {
    class Suite {
      add(name: string, run: ((deferred: Deferred) => void) | (() => void), options?: Options): this;
      on(event: 'cycle', listener: (event: { target: Benchmark }) => void): this;
      on(event: 'complete' | 'abort', listener: () => void): this;
      run(options: { async: boolean }): this;
    }
  }
  export default Benchmark;
}
