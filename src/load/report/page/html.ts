/** HTML whose every hole is escaped, unless it is HTML already. */

export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Hole = Html | string | number | undefined | readonly Html[];

export function html(parts: TemplateStringsArray, ...holes: Hole[]): Html {
  return new Html(parts.reduce((text, part, at) => text + textOf(holes[at - 1]) + part));
}

/** Data for a script of the page: nothing in it can end the element. */
export function json(data: unknown): Html {
  return new Html(JSON.stringify(data).replace(/[<>&\u2028\u2029]/g, unicodeEscape));
}

/** Text that is trusted: our own styles and scripts, never what came from outside. */
export function raw(text: string): Html {
  return new Html(text);
}

function textOf(hole: Hole): string {
  if (hole === undefined) return '';
  if (hole instanceof Html) return hole.text;
  if (Array.isArray(hole)) return hole.map((part: Html) => part.text).join('');
  return String(hole).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
