import { z } from 'zod';
import { Id, MessageText, Time } from './common.ts';
import { endpoint } from './endpoint.ts';
import { Why } from './why.ts';

/** What skills of a team's own take, and trying them out. */

const Address = z
  .url({ protocol: /^https?$/ })
  .max(2_000)
  .refine(
    (url) => !URL.canParse(url) || (new URL(url).username === '' && new URL(url).password === ''),
    'must not hold a password; use a header with a secret',
  );
/** What is set by us, or would change how the request is read. */
const RESERVED =
  /^(host|connection|content-length|content-type|transfer-encoding|upgrade|te|trailer|expect|accept-encoding|idempotency-key|webhook-.*|mcp-.*)$/i;
/** What is a secret wherever it is sent. */
const CONFIDENTIAL = /^(authorization|proxy-authorization|cookie)$|(^|-)(api-?key|key|token|secret|password)$/i;
const SECRET = /\{\{\s*[A-Za-z][A-Za-z0-9_]{0,63}\s*\}\}/;
const Headers = z
  .record(
    z
      .string()
      .regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/, 'is no name of a header')
      .refine((name) => !RESERVED.test(name), 'is set by the server'),
    z
      .string()
      .max(2_000)
      .regex(/^[\x20-\x7e]*$/, 'must be visible ASCII characters'),
  )
  .refine((headers) => Object.keys(headers).length <= 20, 'must be at most 20')
  .superRefine((headers, context) => {
    for (const [name, value] of Object.entries(headers)) {
      if (CONFIDENTIAL.test(name) && !SECRET.test(value))
        context.addIssue({ code: 'custom', path: [name], message: 'must come from a secret: write its name in double braces, such as {{apiKey}}' });
    }
  });
const TimeoutMs = z.number().int().min(500).max(30_000).default(10_000);
const Risk = z.enum(['low', 'medium', 'high']);

/** Of kind `http`. The request is signed after Standard Webhooks where there is a secret `signingSecret`. */
export const HttpSkillConfig = z.strictObject({
  url: Address.optional(),
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']).default('POST'),
  headers: Headers.default({}),
  timeoutMs: TimeoutMs,
  retries: z.number().int().min(0).max(3).default(2),
  /** The endpoint drops what comes again under the same `Idempotency-Key`: then it is asked again in doubt, too. */
  idempotent: z.boolean().default(false),
});

/** Of kind `mcp`: a server that speaks streamable HTTP, and those of its tools that agents may call. */
export const McpSkillConfig = z.strictObject({
  url: Address.optional(),
  headers: Headers.default({}),
  timeoutMs: TimeoutMs,
  tools: z
    .array(
      z.strictObject({
        name: z.string().min(1).max(128),
        description: z.string().max(2_000).default(''),
        parameters: z.record(z.string(), z.unknown()).default({ type: 'object', properties: {} }),
        risk: Risk.default('high'),
        effects: z.boolean().default(true),
      }),
    )
    .max(50)
    .refine((tools) => new Set(tools.map(({ name }) => name)).size === tools.length, 'must not hold a tool twice')
    .default([]),
});

/** Of kind `builtin`. */
export const BuiltinSkillConfig = z.strictObject({
  /** Of `set_opportunity_stage`: the stages that there are; none: any. */
  stages: z.array(z.string().trim().min(1).max(100)).max(50).optional(),
});

/** Secrets by name, for the headers. What is given takes the place of what was there; an empty one removes it. They are never shown again. */
const GivenSecrets = z
  .record(
    z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,63}$/, 'must be letters, digits and _'),
    z
      .string()
      .max(10_000)
      .regex(/^[\x20-\x7e]*$/, 'must be visible ASCII characters')
      .refine((secret) => secret === '' || secret.length >= 6, 'must have at least 6 characters'),
  )
  .refine((secrets) => Object.keys(secrets).length <= 20, 'must be at most 20');

export const SkillInput = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9_]{0,63}$/, 'must be lower-case letters, digits and _'),
  kind: z.enum(['builtin', 'http', 'mcp']).default('http'),
  /** For the model: when to call it. */
  description: MessageText,
  /** JSON Schema of the arguments; of a server each tool has its own. */
  parameters: z.record(z.string(), z.unknown()).default({ type: 'object', properties: {} }),
  risk: Risk.default('low'),
  /** By its kind: `HttpSkillConfig`, `McpSkillConfig`, `BuiltinSkillConfig`. */
  config: z.record(z.string(), z.unknown()).default({}),
  /** It changes something: it never begins after a takeover, and is called once. Left out: all but what is read with GET. */
  effects: z.boolean().optional(),
  secrets: GivenSecrets.optional(),
  agentIds: z.array(Id).max(100).default([]),
  active: z.boolean().default(true),
});
/** Secrets are never shown again: `hasSecrets` says which are set. */
export const Skill = SkillInput.omit({ secrets: true }).extend({
  id: Id,
  version: z.number().int(),
  createdAt: Time,
  effects: z.boolean(),
  hasSecrets: z.array(z.string()),
});
export type Skill = z.infer<typeof Skill>;

const TestSkill = z.strictObject({
  arguments: z.record(z.string(), z.unknown()).default({}),
  /** Of a server: which of its chosen tools. */
  tool: z.string().max(128).optional(),
});

export const SkillTest = z.object({
  ok: z.boolean(),
  /** `unknown`: it may have been carried out, and nobody can say. */
  outcome: z.enum(['done', 'failed', 'unknown']),
  /** Of HTTP, where there was an answer. */
  status: z.number().int().nullable(),
  ms: z.number().int(),
  /** What an agent would be told, without secrets; a long one is cut. */
  answer: z.string(),
  error: z.string().nullable(),
  why: Why.optional(),
});
export type SkillTest = z.infer<typeof SkillTest>;

/** What a server offers. */
export const OfferedTools = z.object({
  items: z.array(z.object({ name: z.string(), description: z.string(), parameters: z.record(z.string(), z.unknown()), readOnly: z.boolean() })),
  /** Why it could not be asked. */
  error: z.string().nullable(),
  why: Why.optional(),
});
export type OfferedTools = z.infer<typeof OfferedTools>;

export const skillEndpoints = {
  testSkill: endpoint({
    method: 'post',
    path: '/v1/skills/:id/test',
    audience: 'admin',
    summary: 'Call a skill’s endpoint with these arguments, really, and show what it answers',
    body: TestSkill,
    status: 200,
    response: SkillTest,
  }),
  listSkillTools: endpoint({
    method: 'get',
    path: '/v1/skills/:id/tools',
    audience: 'admin',
    summary: 'Ask a skill’s server for the tools that it offers',
    status: 200,
    errors: ['invalid'],
    response: OfferedTools,
  }),
};
