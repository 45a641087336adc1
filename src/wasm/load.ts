/** Reads and compiles the engine's module, which the build puts beside the program. */
import { readFileSync } from 'node:fs';

/** `checked` is the build with assertions, for tests. */
export function compileEngine(checked = false): WebAssembly.Module {
  const file = checked ? '../engine-checked.wasm' : '../engine.wasm';
  return new WebAssembly.Module(readFileSync(new URL(file, import.meta.url)));
}
