/** Which node serves each slot of a cluster, in the engine's memory. */
import type { LoadEngine } from './load-engine.js';
import type { Address } from './messages.js';

const SLOTS = 16384;

export class SlotMap {
  readonly #engine: LoadEngine;

  constructor(engine: LoadEngine) {
    this.#engine = engine;
  }

  set(slots: Uint16Array): void {
    this.#engine.bytes.set(new Uint8Array(slots.buffer, slots.byteOffset, slots.byteLength), this.#at());
  }

  /** `MOVED 3999 127.0.0.1:6381`: the slot is where this says, if that is a node we know. */
  follow(text: string, nodes: readonly Address[]): void {
    const [, slot = '', host, port] = /^MOVED (\d{1,5}) (.*):(\d+)$/.exec(text) ?? [];
    const node = nodes.findIndex((address) => address.host === host && address.port === Number(port));
    if (node < 0 || Number(slot) >= SLOTS) return;
    new Uint16Array(this.#engine.bytes.buffer, this.#at())[Number(slot)] = node;
  }

  #at(): number {
    return this.#engine.exports.slotTable() >>> 0;
  }
}
