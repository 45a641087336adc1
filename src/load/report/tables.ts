/** Tables, tiles and notices that several pages have. */
import type { Pair } from '../show/settings.js';
import { type Html, html } from './page/html.js';

export interface Column {
  readonly name: string;
  /** Words go to the left, and long ones may wrap. */
  readonly words?: 'short' | 'long';
}

export interface Row {
  readonly cells: readonly (string | Html)[];
  readonly total?: boolean;
}

/** The first cell of a row is its head. */
export function table(caption: string, columns: readonly Column[], rows: readonly Row[]): Html {
  const classOf = (at: number) => {
    const words = columns[at]?.words;
    if (words === undefined) return '';
    return words === 'long' ? 'words long' : 'words';
  };
  const head = columns.map(({ name }, at) => html`<th scope="col" class="${classOf(at)}">${name}</th>`);
  const body = rows.map(({ cells, total }) => {
    const [first, ...rest] = cells;
    const others = rest.map((cell, at) => html`<td class="${classOf(at + 1)}">${cell}</td>`);
    return html`<tr class="${total === true ? 'total' : ''}"><th scope="row">${first}</th>${others}</tr>`;
  });
  return html`<div class="table" tabindex="0" role="region" aria-label="${caption}"><table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
}

export function pairsTable(caption: string, pairs: readonly Pair[]): Html {
  const rows = pairs.map(([name, text]) => html`<tr><th scope="row">${name}</th><td>${text}</td></tr>`);
  return html`<div class="table" role="region" aria-label="${caption}"><table class="pairs"><tbody>${rows}</tbody></table></div>`;
}

export interface Tile {
  readonly name: string;
  readonly figure: string;
  readonly note?: string;
  readonly mood?: 'good' | 'bad' | 'warn';
}

export function tiles(list: readonly Tile[]): Html {
  const each = list.map(({ name, figure, note, mood = '' }) => {
    const small = note === undefined ? undefined : html`<small>${note}</small>`;
    return html`<div><dt>${name}</dt><dd class="${mood}">${figure}${small}</dd></div>`;
  });
  return html`<dl class="tiles">${each}</dl>`;
}

export interface Notice {
  readonly mood: 'bad' | 'warn';
  readonly title: string;
  readonly lines: readonly string[];
}

export function notices(list: readonly Notice[]): Html {
  const each = list.map(({ mood, title, lines }) => {
    const items = lines.map((line) => html`<li>${line}</li>`);
    const body = lines.length === 0 ? undefined : html`<ul>${items}</ul>`;
    return html`<div class="alert ${mood}" role="note"><strong>${title}</strong>${body}</div>`;
  });
  return html`${each}`;
}

/** `2026-11-21 14:30:00 UTC` */
export function dateText(iso: string): string {
  return `${iso.slice(0, 19).replace('T', ' ')} UTC`;
}
