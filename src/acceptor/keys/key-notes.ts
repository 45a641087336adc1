/** What becomes of keys, on its way to those who want to know. */
import { NOTE_CLASS_SHIFT } from '../../engine/layout/note.js';
import type { KeyNote } from '../../message/notes.js';

/** Somebody who wants to know. */
export interface NoteReader {
  /** Classes of events that it wants to be told of (CLASS_...). */
  readonly classes: number;
  note(note: KeyNote): void;
}

export class KeyNotes {
  readonly #readers: readonly NoteReader[];
  #classes = 0;
  readonly #onClasses: () => void;

  /** `onClasses` is called when other classes are wanted than before. */
  constructor(readers: readonly NoteReader[], onClasses: () => void) {
    this.#readers = readers;
    this.#onClasses = onClasses;
  }

  /** What all readers together want. */
  get classes(): number {
    return this.#classes;
  }

  /** To be called when a reader wants something else. */
  readonly update = (): void => {
    const classes = this.#readers.reduce((all, reader) => all | reader.classes, 0);
    if (classes === this.#classes) return;
    this.#classes = classes;
    this.#onClasses();
  };

  readonly take = (notes: readonly KeyNote[]): void => {
    for (const note of notes) this.tell(note);
  };

  tell(note: KeyNote): void {
    const bit = note.event >> NOTE_CLASS_SHIFT;
    for (const reader of this.#readers) if ((reader.classes & bit) !== 0) reader.note(note);
  }
}
