/** The API beside the resource of one key, and its description. */
import { createRoute, OpenAPIHono, type RouteConfig, z } from '@hono/zod-openapi';
import { HTTPException } from 'hono/http-exception';
import { VERSION } from '../../version.js';
import type { HttpContext } from '../context.js';
import { PROBLEM_TYPE, Problem, problemOf } from '../problem.js';
import { explain } from '../validation.js';
import { runBatch } from './batch.js';
import { runCommands } from './commands.js';
import { describeKeys } from './describe-keys.js';
import { listKeys } from './list.js';
import {
  BatchRequest,
  BatchResponse,
  CommandsRequest,
  CommandsResponse,
  DatabaseQuery,
  KeyList,
  ListQuery,
  ProblemDocument,
} from './schemas.js';

export interface Api {
  readonly app: OpenAPIHono;
  /** What /openapi.json says. */
  readonly description: object;
}

const problems = {
  default: { description: 'What went wrong.', content: { [PROBLEM_TYPE]: { schema: ProblemDocument } } },
} as const;

function json<S extends z.ZodType>(schema: S, description: string) {
  return { description, content: { 'application/json': { schema } } } as const;
}

const LIST = createRoute({
  method: 'get',
  path: '/v1/keys',
  summary: 'Lists keys, page by page',
  tags: ['keys'],
  request: { query: ListQuery },
  responses: { 200: json(KeyList, 'A page of keys.'), ...problems },
});
const BATCH = createRoute({
  method: 'post',
  path: '/v1/keys:batch',
  summary: 'Reads, sets and deletes many keys',
  description: 'Each operation is one step; all of them together are not.',
  tags: ['keys'],
  request: {
    query: DatabaseQuery,
    body: { required: true, content: { 'application/json': { schema: BatchRequest } } },
  },
  responses: { 200: json(BatchResponse, 'A result for each operation.'), ...problems },
});
const COMMANDS = createRoute({
  method: 'post',
  path: '/v1/commands',
  summary: 'Runs any command, or several in a row',
  tags: ['commands'],
  request: {
    query: DatabaseQuery.extend({ encoding: z.enum(['utf8', 'base64']).default('utf8') }),
    body: { required: true, content: { 'application/json': { schema: CommandsRequest } } },
  },
  responses: { 200: json(CommandsResponse, 'A result for each command.'), ...problems },
});

export function createApi(context: HttpContext): Api {
  const api = new OpenAPIHono({
    defaultHook: (result) => {
      if (!result.success) throw new Problem(400, explain(result.error));
    },
  });
  api.onError((error) => {
    const malformed = error instanceof HTTPException ? new Problem(error.status, 'the body is no JSON') : undefined;
    const problem = malformed ?? problemOf(error);
    if (problem === undefined) throw error;
    return new Response(problem.body, {
      status: problem.status,
      headers: { 'Content-Type': PROBLEM_TYPE, ...problem.headers },
    });
  });
  api.openapi(LIST, async (c) => c.json(await listKeys(context, c.req.valid('query')), 200));
  api.openapi(BATCH, async (c) => c.json(await runBatch(context, c.req.valid('json'), c.req.valid('query').db), 200));
  api.openapi(COMMANDS, async (c) => {
    const { db, encoding } = c.req.valid('query');
    const mayWrite = context.server.config.current.httpApi === 'read-write';
    return c.json(await runCommands(context, c.req.valid('json'), encoding, db, mayWrite), 200);
  });
  describeKeys(api, problems as RouteConfig['responses']);
  api.openAPIRegistry.registerComponent('securitySchemes', 'password', { type: 'http', scheme: 'basic' });
  api.openAPIRegistry.registerComponent('securitySchemes', 'bearer', { type: 'http', scheme: 'bearer' });
  return { app: api, description: describe(api) };
}

function describe(api: OpenAPIHono): object {
  return api.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'ringshard',
      version: VERSION,
      description: 'Keys and values of a ringshard server. The same keys that Redis clients see.',
      license: { name: 'MIT', url: 'https://spdx.org/licenses/MIT.html' },
    },
    servers: [{ url: '/' }],
    security: [{}, { password: [] }, { bearer: [] }],
    tags: [{ name: 'keys' }, { name: 'commands' }],
  });
}
