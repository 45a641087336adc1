import { z } from 'zod';
import { manyWords, type OptionType, oneWord, replace, wordsSchema } from './type.js';

/** A port; `auto`: the usual one, or none if it is taken; `any`: whichever is free. 0: none. */
export type HttpPort = number | 'auto' | 'any';

const PORT_MAX = 65535;

export function httpPort(): OptionType<HttpPort> {
  return oneWord<HttpPort>({
    kind: 'http-port',
    placeholder: '<port>',
    expects: `a port between 1 and ${PORT_MAX}, 0, auto or any`,
    schema: () =>
      z
        .string()
        .toLowerCase()
        .regex(/^(auto|any|0|[1-9]\d{0,4})$/, "argument must be a port, 'auto' or 'any'")
        .transform((text): HttpPort => (text === 'auto' || text === 'any' ? text : Number(text)))
        .refine((port) => typeof port === 'string' || port <= PORT_MAX, `argument must be between 0 and ${PORT_MAX}`),
    format: String,
  });
}

/** Any number of names or addresses. */
export function names(placeholder: string, expects: string): OptionType<readonly string[]> {
  return manyWords<readonly string[]>({
    kind: 'list',
    placeholder,
    expects,
    schema: () =>
      wordsSchema().transform((words) => words.filter((word) => word !== '').map((word) => word.toLowerCase())),
    combine: replace,
    format: (value) => value.join(' '),
  });
}
