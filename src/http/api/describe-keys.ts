/** Describes the resource of one key for /openapi.json; it is served by http/keys. */
import { type OpenAPIHono, type RouteConfig, z } from '@hono/zod-openapi';
import { MERGE_PATCH } from '../keys/patch.js';
import { Expire, Increment } from '../keys/verbs.js';
import { Database } from './schemas.js';

const BYTES = { schema: { type: 'string', format: 'binary' } } as const;
const VALUE = { 'application/octet-stream': BYTES, 'application/json': { schema: {} } } as const;

const Key = z.string().openapi({
  param: { name: 'key', in: 'path', description: 'The key, percent-encoded; any bytes.' },
  example: 'user:1',
});
const TtlQuery = z.object({
  db: Database,
  ttl: z
    .string()
    .optional()
    .openapi({ description: 'Seconds, or a text such as 500ms or 1h; keep: as it is.', example: '1h' }),
});
const DatabaseQuery = z.object({ db: Database });
const params = z.object({ key: Key });

const IfMatch = z.object({
  'if-match': z.string().optional().openapi({ description: 'Entity tags, or * for any value.' }),
  'if-none-match': z.string().optional().openapi({ description: 'Entity tags, or * for no value.' }),
});
const ReadHeaders = IfMatch.extend({ range: z.string().optional().openapi({ example: 'bytes=0-99' }) });

const ETAG = { ETag: { description: 'Names the bytes of the value.', schema: { type: 'string' } } } as const;

type Responses = RouteConfig['responses'];

export function describeKeys(api: OpenAPIHono, problems: Responses): void {
  const value = { required: true, content: VALUE };
  const done = { 204: { description: 'Done.', headers: ETAG }, ...problems };
  const routes: Omit<RouteConfig, 'tags'>[] = [
    {
      method: 'get',
      path: '/v1/keys/{key}',
      summary: 'The value of a key',
      request: { params, query: DatabaseQuery, headers: ReadHeaders },
      responses: {
        200: { description: 'The value, as bytes or as JSON (Accept).', headers: ETAG, content: VALUE },
        206: { description: 'A part of the value.', content: { 'application/octet-stream': BYTES } },
        304: { description: 'The client has this value.' },
        ...problems,
      },
    },
    {
      method: 'head',
      path: '/v1/keys/{key}',
      summary: 'Length and tag of the value',
      request: { params, query: DatabaseQuery },
      responses: { 200: { description: 'There is such a key.', headers: ETAG }, ...problems },
    },
    {
      method: 'put',
      path: '/v1/keys/{key}',
      summary: 'Sets a key',
      request: { params, query: TtlQuery, headers: IfMatch, body: value },
      responses: { 201: { description: 'The key is new.', headers: ETAG }, ...done },
    },
    {
      method: 'post',
      path: '/v1/keys/{key}',
      summary: 'Sets a key that must be new',
      request: { params, query: TtlQuery, body: value },
      responses: { 201: { description: 'The key is new.', headers: ETAG }, ...problems },
    },
    {
      method: 'patch',
      path: '/v1/keys/{key}',
      summary: 'Changes members of a JSON document',
      request: {
        params,
        query: DatabaseQuery,
        headers: IfMatch,
        body: { required: true, content: { [MERGE_PATCH]: { schema: {} } } },
      },
      responses: done,
    },
    {
      method: 'delete',
      path: '/v1/keys/{key}',
      summary: 'Deletes a key',
      request: { params, query: DatabaseQuery, headers: IfMatch },
      responses: done,
    },
    {
      method: 'post',
      path: '/v1/keys/{key}:increment',
      summary: 'Adds to a number',
      request: { params, query: DatabaseQuery, body: { content: { 'application/json': { schema: Increment } } } },
      responses: {
        200: {
          description: 'The new value.',
          content: { 'application/json': { schema: z.object({ value: z.union([z.number(), z.string()]) }) } },
        },
        ...problems,
      },
    },
    {
      method: 'post',
      path: '/v1/keys/{key}:append',
      summary: 'Appends to a value',
      request: {
        params,
        query: DatabaseQuery,
        body: { required: true, content: { 'application/octet-stream': BYTES } },
      },
      responses: {
        200: {
          description: 'The new length in bytes.',
          content: { 'application/json': { schema: z.object({ length: z.int() }) } },
        },
        ...problems,
      },
    },
    {
      method: 'post',
      path: '/v1/keys/{key}:expire',
      summary: 'Sets or removes the time at which a key expires',
      request: {
        params,
        query: DatabaseQuery,
        body: { required: true, content: { 'application/json': { schema: Expire } } },
      },
      responses: done,
    },
  ];
  for (const route of routes) api.openAPIRegistry.registerPath({ ...route, tags: ['keys'] });
}
