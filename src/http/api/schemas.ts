/** The documents of the API, for checking them and for /openapi.json. */
import { z } from '@hono/zod-openapi';

export const ProblemDocument = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string().openapi({ description: 'One line for a person.' }),
    code: z.string().optional().openapi({ description: "First word of the command's error.", example: 'WRONGTYPE' }),
  })
  .openapi('Problem');

const Encoding = z.enum(['utf8', 'base64']).default('utf8').openapi({
  description: 'How keys and values are written in JSON. Bytes that are no UTF-8 need base64.',
});
const Ttl = z.union([z.number().positive(), z.string()]).openapi({
  description: 'Time to live: seconds, or a text such as 500ms, 10s or 1h.',
  example: '1h',
});

export const Database = z
  .string()
  .regex(/^\d{1,5}$/)
  .optional()
  .openapi({ description: 'Number of a database.', example: '0' });

const Key = z.string().openapi({ example: 'user:1' });
export const Operation = z
  .discriminatedUnion('op', [
    z.strictObject({ op: z.literal('get'), key: Key }),
    z.strictObject({
      op: z.literal('set'),
      key: Key,
      value: z.string(),
      ttl: Ttl.optional(),
      onlyIf: z.enum(['new', 'existing']).optional(),
    }),
    z.strictObject({ op: z.literal('delete'), key: Key }),
  ])
  .openapi('Operation');

const CommandError = z.object({ code: z.string(), message: z.string() }).openapi('CommandError');

export const BatchRequest = z
  .strictObject({ encoding: Encoding, operations: z.array(Operation) })
  .openapi('BatchRequest');
export const BatchResponse = z
  .object({
    results: z.array(
      z.object({
        value: z.string().nullable().optional().openapi({ description: 'Of a get; null if there is no such key.' }),
        set: z.boolean().optional().openapi({ description: 'Of a set: false if onlyIf was not met.' }),
        deleted: z.boolean().optional().openapi({ description: 'Of a delete: whether there was such a key.' }),
        error: CommandError.optional(),
      }),
    ),
  })
  .openapi('BatchResponse');

const Word = z.union([z.string(), z.number()]);
const CommandWords = z
  .array(Word)
  .min(1)
  .openapi('Command', { example: ['SET', 'greeting', 'hello', 'EX', 60] });
export const CommandsRequest = z
  .union([CommandWords, z.array(CommandWords).min(1)])
  .openapi('CommandsRequest', { description: 'A command as an array of its words, or an array of several.' });
const Reply = z.unknown().openapi({ description: "The reply in JSON. Integers that don't fit a double are strings." });
const Result = z.union([z.object({ result: Reply }), z.object({ error: CommandError })]);
export const CommandsResponse = z.union([Result, z.object({ results: z.array(Result) })]).openapi('CommandsResponse');

export const KeyList = z
  .object({
    keys: z.array(z.string()),
    cursor: z.string().nullable().openapi({ description: 'For the next page; null on the last one.' }),
  })
  .openapi('KeyList');

export const ListQuery = z.strictObject({
  match: z.string().optional().openapi({ description: 'A glob-style pattern.', example: 'user:*' }),
  type: z.string().optional().openapi({ example: 'string' }),
  cursor: z
    .string()
    .regex(/^\d{1,20}$/)
    .default('0'),
  count: z.coerce.number().int().min(1).max(4096).default(100).openapi({
    description: 'How many keys are looked at for a page. Fewer than that may match.',
  }),
  encoding: Encoding,
  db: Database,
});
export const DatabaseQuery = z.strictObject({ db: Database });
