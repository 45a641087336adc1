/** What a person sees on the terminal: while a run goes on, and when it has ended. */
export { compareText } from './compare.js';
export { finalText, headline } from './final.js';
export { LiveView } from './live.js';
export { hasColors } from './table.js';
