import { z } from 'zod';
import { Id, LongText } from './common.ts';
import { endpoint } from './endpoint.ts';

/** Characters that all that is written to a conversation may have as JSON, with formatting and the names of files. */
const MAX_COMPOSED = 400_000;

/** What somebody is writing to a conversation: texts, and what else their composer needs to go on. */
export const Composed = z
  .looseObject({ reply: LongText, note: LongText })
  .refine((composed) => JSON.stringify(composed).length <= MAX_COMPOSED, `may have at most ${MAX_COMPOSED} characters`);
export type Composed = z.infer<typeof Composed>;

/** How long ago it was typed, in milliseconds: clocks of devices differ. */
const age = z
  .number()
  .int()
  .min(0)
  .max(30 * 24 * 3_600_000);

const Compose = z.strictObject({ composed: Composed.nullable(), age });
export const Composing = z.object({
  /** Names this writing; another one comes with every change. Null where nothing is written. */
  id: Id.nullable(),
  composed: Composed.nullable(),
  age: z.number().int(),
});
export type Composing = z.infer<typeof Composing>;

const path = '/v1/conversations/:id/composing' as const;
export const composingEndpoints = {
  getComposing: endpoint({
    method: 'get',
    path,
    audience: 'operator',
    summary: 'What one has written to a conversation and not sent; nobody else sees it',
    status: 200,
    response: Composing,
  }),
  putComposing: endpoint({
    method: 'patch',
    path,
    audience: 'operator',
    summary: 'Keep what one is writing; null for nothing. What was typed later stays, and is answered',
    body: Compose,
    status: 200,
    response: Composing,
  }),
};
