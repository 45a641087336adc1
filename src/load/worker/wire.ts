/** How a protocol asks for what the operations of a workload do. */
import type { Word } from '../plan/workload.js';
import type { ProgramWriter } from './program-writer.js';

export interface Wire {
  read(writer: ProgramWriter): void;
  write(writer: ProgramWriter): void;
  /** Reads up to `keys` keys; undefined where the protocol can't. */
  readonly scan: ((writer: ProgramWriter, keys: number) => void) | undefined;
  command(writer: ProgramWriter, words: readonly Word[]): void;
  /** Whether the reply to a command has no body, whatever its header says. */
  isBodiless(words: readonly Word[]): boolean;
}
