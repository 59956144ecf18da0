import { z } from 'zod';
import { Id } from './common.ts';
import { endpoint } from './endpoint.ts';

/** A place in a conversation where the words of a search stand. */
export const Found = z.object({
  id: Id,
  seq: z.number().int(),
  kind: z.enum(['message', 'note']),
  /** What is to be marked, as it stands in the text; empty where only the author or the day was asked for. */
  marks: z.array(z.string()),
});
export type Found = z.infer<typeof Found>;

export const searchEndpoints = {
  findInConversation: endpoint({
    method: 'get',
    path: '/v1/conversations/:id/matches',
    audience: 'operator',
    scope: 'conversations:read',
    summary: 'Where in a conversation words stand, in its order; of very many the newest',
    query: z.object({ q: z.string().trim().max(500).default('') }),
    status: 200,
    response: z.object({ items: z.array(Found) }),
  }),
};
