/** A pipe would end the cell, also within code. */
export function cell(text) {
  return text.replaceAll('|', '\\|');
}

export function code(text) {
  return `\`${cell(text)}\``;
}
