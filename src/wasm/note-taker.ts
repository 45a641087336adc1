/** Collects what an engine tells of keys while it runs. Whoever owns the shard takes it when the engine has returned. */
import { KEY_MAX, type KeyNote } from '../message/notes.js';
import type { Engine } from './engine.js';

const NONE: readonly KeyNote[] = [];

export class NoteTaker {
  #notes: KeyNote[] = [];

  constructor(engine: Engine) {
    engine.onNote = (event, database, key, keyBytes, connection) => {
      const bytes = keyBytes <= KEY_MAX ? engine.bytes.slice(key, key + keyBytes) : undefined;
      this.#notes.push({ event, database, connection, key: bytes });
    };
  }

  get isEmpty(): boolean {
    return this.#notes.length === 0;
  }

  take(): readonly KeyNote[] {
    if (this.#notes.length === 0) return NONE;
    const notes = this.#notes;
    this.#notes = [];
    return notes;
  }
}
