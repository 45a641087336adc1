/** Reads and compiles the engine's module, which the build puts beside the program. */
import { readFileSync } from 'node:fs';

const compiled = new Map<string, WebAssembly.Module>();

/** All servers of a process share one module. `checked` is the build with assertions, for tests. */
export function compileEngine(checked = false): WebAssembly.Module {
  const file = checked ? '../engine-checked.wasm' : '../engine.wasm';
  let module = compiled.get(file);
  if (module === undefined) {
    module = new WebAssembly.Module(readFileSync(new URL(file, import.meta.url)));
    compiled.set(file, module);
  }
  return module;
}
