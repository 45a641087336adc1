import { parseInteger } from './parse.js';
import { BAD_DATABASE, bulk, NOT_INTEGER, OK, simple } from './reply.js';
import type { Rules } from './rule.js';

export const CONNECTION: Rules = {
  ping: (_, [message]) => (message === undefined ? simple('PONG') : bulk(message)),
  echo: (_, [message]) => bulk(message as Buffer),
  select: (model, [index]) => {
    const number = parseInteger(index as Buffer);
    if (number === undefined) return NOT_INTEGER;
    if (model.databases[Number(number)] === undefined) return BAD_DATABASE;
    model.selected = Number(number);
    return OK;
  },
};
