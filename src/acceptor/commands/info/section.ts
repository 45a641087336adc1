/** The sections of INFO: what one is, which ones a client asks for, and how they are written. */
import type { ServerParts } from '../context.js';

/** Names and values in the order in which they are shown. */
export type Fields = Readonly<Record<string, string | number>>;

export interface Section {
  /** Names, in lower case, by which clients may ask for it. */
  readonly names: readonly string[];
  readonly title: string;
  /** Shown to clients that ask for no section in particular. */
  readonly isDefault: boolean;
  readonly fields: (server: ServerParts) => Fields;
}

type Selectable = Pick<Section, 'names' | 'isDefault'>;

/** The sections that are asked for, always in the same order. A word that names none is passed over, as in Redis. */
export function selectSections<S extends Selectable>(words: readonly string[], sections: readonly S[]): readonly S[] {
  const wanted = new Set(words.length === 0 ? ['default'] : words.map((word) => word.toLowerCase()));
  if (wanted.has('all') || wanted.has('everything')) return sections;
  return sections.filter(
    ({ names, isDefault }) => (isDefault && wanted.has('default')) || names.some((name) => wanted.has(name)),
  );
}

/** INFO's text: a line for each field, and an empty one between sections. */
export function renderSections(sections: readonly { readonly title: string; readonly fields: Fields }[]): string {
  return sections
    .map(({ title, fields }) => {
      const lines = Object.entries(fields).map(([name, value]) => `${name}:${value}`);
      return [`# ${title}`, ...lines].map((line) => `${line}\r\n`).join('');
    })
    .join('\r\n');
}
