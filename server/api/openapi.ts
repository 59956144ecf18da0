/** The API as OpenAPI 3.1, made from the endpoints that the routes are mounted from. */
import { z } from 'zod';
import * as chat from '../contract/chat.ts';
import * as common from '../contract/common.ts';
import { CODES } from '../contract/common.ts';
import type { Code } from '../contract/common.ts';
import * as contact from '../contract/contact.ts';
import * as conversation from '../contract/conversation.ts';
import * as draft from '../contract/draft.ts';
import type { Endpoint } from '../contract/endpoint.ts';
import { changesConversation } from '../contract/endpoint.ts';
import { endpoints } from '../contract/endpoints.ts';
import * as events from '../contract/events.ts';
import * as message from '../contract/message.ts';
import * as operator from '../contract/operator.ts';
import * as settings from '../contract/settings.ts';
import * as ticket from '../contract/ticket.ts';
import * as timeline from '../contract/timeline.ts';
import type { ApiDeps, App } from './deps.ts';
import { otherPaths } from './openapi-others.ts';

type Json = Record<string, unknown>;

export function openapiRoutes(app: App, deps: ApiDeps): void {
  let made: Json | undefined;
  app.get('/v1/openapi.json', (c) => {
    c.set('route', '/v1/openapi.json');
    return c.json((made ??= openapi(deps.publicUrl)));
  });
}

/** Schemas under the names that the contract gives them; the others stand where they are used. */
const named = z.registry<{ id: string }>();
const seen = new Set<unknown>();
for (const [id, schema] of [common, contact, conversation, timeline, draft, message, chat, settings, operator, ticket, events].flatMap((module) =>
  Object.entries(module),
)) {
  if (!(schema instanceof z.ZodType) || seen.has(schema)) continue;
  seen.add(schema);
  named.add(schema, { id });
}

type Direction = 'input' | 'output';
type SchemaOf = (schema: z.ZodType, io: Direction) => Json;

/** A part that has a name, as it is referred to until it is known whether requests and answers mean the same by it. */
const placeholder = (io: Direction, part: string): string => `#/components/schemas/${io} ${part}`;
const placeholders = /#\/components\/schemas\/(input|output) (\w+)/g;

/** Gathers the named parts of all schemas that it is asked for. */
class Components {
  readonly #found: Record<Direction, Map<string, Json>> = { input: new Map(), output: new Map() };

  /** A schema as JSON Schema, its named parts among the components. */
  readonly schemaOf: SchemaOf = (schema, io) => {
    const refer = (json: Json): Json => JSON.parse(JSON.stringify(json).replaceAll(/#\/\$defs\/(\w+)/g, (_, part: string) => placeholder(io, part))) as Json;
    const {
      $schema: _,
      $defs = {},
      ...json
    } = z.toJSONSchema(schema, { metadata: named, io, unrepresentable: 'any' }) as Json & { $defs?: Record<string, Json> };
    for (const [part, { $schema: _own, id: _id, ...plain }] of Object.entries($defs)) this.#found[io].set(part, refer(plain));
    const { id, ...plain } = refer(json);
    if (typeof id !== 'string') return plain;
    this.#found[io].set(id, plain);
    return { $ref: placeholder(io, id) };
  };

  /** The document with its components. What a request means differently by a name has a name of its own. */
  resolve(document: Json): Json {
    const { input, output } = this.#found;
    const nameOf = (io: Direction, part: string): string => (io === 'input' && this.#differs(part) ? `${part}Request` : part);
    const schemas = [...output].map(([part, json]) => [part, json] as const);
    for (const [part, json] of input) if (!output.has(part) || this.#differs(part)) schemas.push([nameOf('input', part), json]);
    const whole = {
      ...document,
      components: { ...(document['components'] as Json), schemas: Object.fromEntries(schemas.toSorted(([a], [b]) => a.localeCompare(b))) },
    };
    return JSON.parse(JSON.stringify(whole).replaceAll(placeholders, (_, io: Direction, part: string) => `#/components/schemas/${nameOf(io, part)}`)) as Json;
  }

  #differs(part: string): boolean {
    const [asked, answered] = [this.#found.input.get(part), this.#found.output.get(part)].map((json) => json && JSON.stringify(json));
    if (asked === undefined || answered === undefined) return false;
    const plain = (json: string): string => json.replaceAll(placeholders, '$2');
    return plain(asked) !== plain(answered) || [...asked.matchAll(placeholders)].some(([, , inner = '']) => inner !== part && this.#differs(inner));
  }
}

/** @param publicUrl where the outside reaches this server */
export function openapi(publicUrl: string): Json {
  const components = new Components();
  const { schemaOf } = components;
  const problem = schemaOf(common.Problem, 'output');
  const paths: Record<string, Json> = {};
  for (const [operationId, endpoint] of Object.entries(endpoints) as [string, Endpoint][]) {
    const path = endpoint.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [endpoint.method]: operationOf(operationId, endpoint, schemaOf) };
  }
  return components.resolve({
    openapi: '3.1.0',
    info: { title: 'Convene', version: '1', description: 'An inbox where AI agents and people answer customers together.' },
    servers: [{ url: publicUrl }],
    paths: { ...paths, ...otherPaths },
    components: {
      responses: { Problem: { description: 'What went wrong, by a code of a closed list', content: { 'application/problem+json': { schema: problem } } } },
      securitySchemes: {
        operator: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'Signed by the host’s back end: HS256 by the workspace’s secret, or RS256, ES256 or EdDSA by its keys.',
        },
        visitor: { type: 'http', scheme: 'bearer', description: 'The token of a chat session.' },
        apiKey: { type: 'http', scheme: 'bearer', description: 'A key that an admin made, with the scopes that it was given.' },
      },
    },
  });
}

function operationOf(operationId: string, endpoint: Endpoint, schemaOf: SchemaOf): Json {
  const { path, summary, audience, scope, query, body, status, response, idempotent, ifMatch } = endpoint;
  const header = (name: string, description: string, required = false): Json => ({ name, in: 'header', required, description, schema: { type: 'string' } });
  const parameters = [
    ...[...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
      name,
      in: 'path',
      required: true,
      schema: name === 'version' ? { type: 'integer', minimum: 1 } : { type: 'string', format: 'uuid' },
    })),
    ...(query ? queryParameters(query, schemaOf) : []),
    ...(ifMatch ? [header('If-Match', 'The version that this is based on, in double quotes', ifMatch === 'required')] : []),
    ...(idempotent ? [header('Idempotency-Key', 'The same key and body get the first answer again for 24 hours')] : []),
  ];
  return {
    operationId,
    tags: [path.split('/')[2]],
    summary,
    ...(audience === 'none'
      ? { security: [] }
      : { security: [audience === 'visitor' ? { visitor: [] } : { operator: [] }, ...(scope ? [{ apiKey: [] }] : [])] }),
    ...(audience === 'admin' ? { description: 'Admins only.' } : scope ? { description: `API keys need the scope \`${scope}\`.` } : {}),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(body ? { requestBody: { required: !body.safeParse({}).success, content: { 'application/json': { schema: schemaOf(body, 'input') } } } } : {}),
    responses: {
      [status]: response ? { description: summary, content: { 'application/json': { schema: schemaOf(response, 'output') } } } : { description: 'Done' },
      ...refusals(endpoint),
    },
  };
}

function queryParameters(query: z.ZodObject, schemaOf: SchemaOf): Json[] {
  return Object.entries(query.shape).map(([name, schema]) => ({
    name,
    in: 'query',
    required: !(schema as z.ZodType).safeParse(undefined).success,
    schema: schemaOf(schema as z.ZodType, 'input'),
  }));
}

/** Statuses of the problems that a call may answer, each with its codes. */
function refusals(endpoint: Endpoint): Json {
  const { audience, path, query, body, idempotent, ifMatch, errors = [] } = endpoint;
  const codes = new Set<Code>([...errors, 'internal', 'unavailable']);
  const add = (when: unknown, ...more: Code[]): void => more.forEach((code) => when && codes.add(code));
  add(audience !== 'none', 'unauthorized', 'token_expired', 'forbidden');
  add(path.includes(':'), 'not_found');
  add(changesConversation(endpoint), 'already_merged');
  add(query ?? body, 'malformed', 'invalid');
  add(body, 'too_large', 'wrong_type');
  add(idempotent, 'key_reused');
  add(ifMatch, 'stale_version');
  add(ifMatch === 'required', 'version_required');
  const statuses = [...new Set([...codes].map((code) => CODES[code]))].toSorted();
  return Object.fromEntries(
    statuses.map((status) => [
      status,
      {
        $ref: '#/components/responses/Problem',
        description: [...codes].filter((code) => CODES[code] === status).join(', '),
      },
    ]),
  );
}
