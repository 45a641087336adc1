/** Says in one line what is wrong with a document. */
import type { z } from 'zod';

export function explain(error: z.ZodError): string {
  const [issue] = error.issues;
  if (issue === undefined) return 'the document is not as expected';
  const place = issue.path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
  return `${place === '' ? 'the document' : place.replace(/^\./, '')}: ${issue.message}`;
}
