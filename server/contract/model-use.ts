import { z } from 'zod';
import { Id } from './common.ts';
import { endpoint } from './endpoint.ts';

/** Days are UTC's, both ends included; the last 30 unless told. */
const ModelUseQuery = z.strictObject({ from: z.iso.date().optional(), to: z.iso.date().optional(), format: z.enum(['json', 'csv']).default('json') });

/** What one agent used of one model on one day. */
export const ModelUse = z.object({
  agentId: Id,
  agentName: z.string(),
  day: z.string(),
  model: z.string(),
  runs: z.number().int(),
  /** Runs that the model did not bring to an end. */
  failures: z.number().int(),
  inputTokens: z.number().int(),
  outputTokens: z.number().int(),
  /** By the prices that the server is told; null where it is told none. */
  cost: z.number().nullable(),
});
export type ModelUse = z.infer<typeof ModelUse>;

export const modelUseEndpoints = {
  reportModelUse: endpoint({
    method: 'get',
    path: '/v1/reports/model-use',
    audience: 'operator',
    summary: 'Tokens and cost by agent, model and day',
    query: ModelUseQuery,
    status: 200,
    response: z.object({ from: z.string(), to: z.string(), items: z.array(ModelUse) }),
    errors: ['invalid'],
  }),
} as const;
