/** Calls that speak no JSON, described by hand: streams, webhooks, and what runs the server. */
const problem = (description: string) => ({ $ref: '#/components/responses/Problem', description });
/** What any call may answer, whatever was asked. */
const faults = { 500: problem('internal'), 503: problem('unavailable') };
const text = (description: string, type = 'text/plain') => ({ description, content: { [type]: { schema: { type: 'string' } } } });

const stream = (operationId: string, security: string, summary: string, kinds: string) => ({
  get: {
    operationId,
    tags: ['live'],
    summary,
    description: `Server-sent events. Durable ones carry an id and are never missed: come back with the last one. Passing ones have none. ${kinds} \`reset\` says that the place is no longer kept: read afresh.`,
    security: [{ [security]: [] }],
    parameters: [
      { name: 'Last-Event-ID', in: 'header', required: false, description: 'The last event that was received', schema: { type: 'string' } },
      { name: 'lastEventId', in: 'query', required: false, description: 'The same, for clients that cannot set the header', schema: { type: 'string' } },
    ],
    responses: {
      200: text('Events until the caller leaves, or may no longer read', 'text/event-stream'),
      401: problem('unauthorized, token_expired'),
      403: problem('forbidden'),
      ...faults,
    },
  },
});

const upload = (operationId: string, security: string, summary: string, more: object = {}) => ({
  post: {
    operationId,
    tags: ['files'],
    summary,
    security: [{ [security]: [] }],
    description: 'The type is told by the content, never by the name. A file that no message takes within 24 hours is forgotten.',
    parameters: [
      {
        name: 'Idempotency-Key',
        in: 'header',
        required: false,
        description: 'The same key and bytes get the first file again for 24 hours',
        schema: { type: 'string' },
      },
    ],
    requestBody: {
      required: true,
      content: {
        'multipart/form-data': {
          schema: { type: 'object', required: ['file'], properties: { file: { type: 'string', contentMediaType: 'application/octet-stream' } } },
        },
      },
    },
    responses: {
      201: {
        description: 'Name its id in a message; the link expires',
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Attachment' } } },
      },
      400: problem('malformed'),
      401: problem('unauthorized, token_expired'),
      403: problem('forbidden'),
      413: problem('too_large'),
      415: problem('wrong_type'),
      422: problem('invalid, key_reused'),
      ...faults,
      ...more,
    },
  },
});
const inLink = (name: string, where: 'path' | 'query') => ({ name, in: where, required: true, schema: { type: 'string' } });

const accountId = { name: 'accountId', in: 'path', required: true, description: 'Of the channel account', schema: { type: 'string', format: 'uuid' } };

export const otherPaths = {
  '/v1/events': stream(
    'operatorEvents',
    'operator',
    'What happens in the workspace, as it happens',
    'Durable: `conversation`, `message`, `draft`, `contact`, `transfer`, `ticket`, `settings`, and, to one operator, `read` and `notification`. Passing: `working`, `typing`, `presence`, `compose`.',
  ),
  '/v1/chat/events': stream('visitorEvents', 'visitor', 'What the visitor is sent, as it is sent', 'Durable: `message`, `conversation`. Passing: `typing`.'),
  '/v1/files': upload('uploadFile', 'operator', 'Upload a file for a message'),
  '/v1/chat/files': upload('uploadVisitorFile', 'visitor', 'The visitor uploads a file for a message', { 429: problem('rate_limited') }),
  '/files/{key}/{name}': {
    get: {
      operationId: 'file',
      tags: ['files'],
      summary: 'A file, by a link that a message gave',
      security: [],
      description: 'Only pictures, sound, films and PDF are shown; the rest is saved. Takes `Range`.',
      parameters: [inLink('key', 'path'), inLink('name', 'path'), inLink('expires', 'query'), inLink('signature', 'query')],
      responses: {
        200: { description: 'The file' },
        206: { description: 'The part asked for' },
        403: problem('forbidden: the link has expired'),
        404: problem('not_found'),
        416: { description: 'No such part' },
        ...faults,
      },
    },
  },
  '/avatars/{key}/{name}': {
    get: {
      operationId: 'avatar',
      tags: ['files'],
      summary: 'The picture of an agent, for as long as it is its picture',
      security: [],
      parameters: [inLink('key', 'path'), inLink('name', 'path')],
      responses: { 200: { description: 'The picture' }, 404: problem('not_found'), ...faults },
    },
  },
  '/v1/channels/{accountId}/inbound': {
    get: {
      operationId: 'webhookChallenge',
      tags: ['channels'],
      summary: 'Answers a provider that asks whether this address is ours',
      security: [],
      parameters: [accountId],
      responses: { 200: text('The challenge'), 401: problem('bad_signature'), 404: problem('not_found'), ...faults },
    },
    post: {
      operationId: 'webhook',
      tags: ['channels'],
      summary: 'Takes what a provider sends, in the provider’s own form',
      security: [],
      parameters: [accountId],
      description: 'The signature is the provider’s, over the raw body. Duplicates, and what is not understood, are answered 200 too.',
      requestBody: {
        required: true,
        content: Object.fromEntries(['application/json', 'application/x-www-form-urlencoded', 'message/rfc822'].map((type) => [type, { schema: {} }])),
      },
      responses: { 200: { description: 'Taken' }, 401: problem('bad_signature'), 404: problem('not_found'), 413: problem('too_large'), ...faults },
    },
  },
  '/v1/openapi.json': {
    get: {
      operationId: 'openapi',
      tags: ['operations'],
      summary: 'This description',
      security: [],
      responses: { 200: { description: 'OpenAPI 3.1', content: { 'application/json': { schema: { type: 'object' } } } } },
    },
  },
  '/healthz': {
    get: { operationId: 'health', tags: ['operations'], summary: 'Whether the process lives', security: [], responses: { 200: { description: 'It does' } } },
  },
  '/readyz': {
    get: {
      operationId: 'readiness',
      tags: ['operations'],
      summary: 'Whether it may be sent requests',
      security: [],
      responses: { 200: { description: 'It may' }, 503: { description: 'It may not' } },
    },
  },
  '/metrics': { get: { operationId: 'metrics', tags: ['operations'], summary: 'Measures for Prometheus', security: [], responses: { 200: text('Measures') } } },
};
