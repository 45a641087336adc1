/** Which of a value's forms a client wants: its bytes, or JSON (RFC 9110, 12.5.1). */
export type Form = 'bytes' | 'json';

const BYTES = 'application/octet-stream';
const JSON_TYPE = 'application/json';

/** Undefined if it takes neither. */
export function formOf(accept: string | undefined): Form | undefined {
  if (accept === undefined || accept === '*/*') return 'bytes';
  const bytes = Math.max(qualityOf(accept, BYTES), qualityOf(accept, 'text/plain'));
  const json = qualityOf(accept, JSON_TYPE);
  if (bytes === 0 && json === 0) return undefined;
  return json > bytes ? 'json' : 'bytes';
}

function qualityOf(accept: string, type: string): number {
  const general = `${type.slice(0, type.indexOf('/'))}/*`;
  let best = -1;
  let quality = 0;
  for (const entry of accept.split(',')) {
    const [range = '', ...parameters] = entry.split(';').map((part) => part.trim().toLowerCase());
    const precision = [`*/*`, general, type].indexOf(range);
    if (precision <= best) continue;
    best = precision;
    const q = parameters.find((parameter) => parameter.startsWith('q='));
    quality = q === undefined ? 1 : Number(q.slice(2)) || 0;
  }
  return quality;
}
