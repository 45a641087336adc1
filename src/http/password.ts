/** Who may come in: those who know the server's password, by Bearer or Basic. */
import { createHash, timingSafeEqual } from 'node:crypto';

/** Of both sides, so that the comparison takes as long whatever was sent. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** What an Authorization header offers as the password; undefined for none. */
function offered(header: string | undefined): string | undefined {
  const match = /^(bearer|basic) +(\S+)$/i.exec(header ?? '');
  const [, scheme = '', credentials = ''] = match ?? [];
  if (scheme.toLowerCase() === 'bearer') return credentials;
  if (scheme === '') return undefined;
  const text = Buffer.from(credentials, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  const user = text.slice(0, Math.max(colon, 0));
  return colon < 0 || (user !== '' && user !== 'default') ? undefined : text.slice(colon + 1);
}

export function isLetIn(header: string | undefined, password: string): boolean {
  const given = offered(header);
  return given !== undefined && timingSafeEqual(digest(given), digest(password));
}
