import { z } from 'zod';
import { Id, Time } from './common.ts';
import { endpoint } from './endpoint.ts';
import { Why } from './why.ts';

/** What is looked at when conversations do not appear (`arriving`) or agents do not answer (`answering`). */
export const CheckName = z.enum([
  'workers',
  'public_address',
  'accounts',
  'account_inactive',
  'account_incomplete',
  'account_failing',
  'account_silent',
  'model',
  'model_down',
  'agents',
  'no_intake',
  'intake_inactive',
  'mode_off',
  'token_limit',
  'no_articles',
  'runs_late',
  'messages_late',
  'messages_in_doubt',
  'drafts_waiting',
  'people_waiting',
  'contacts_paused',
]);
export type CheckName = z.infer<typeof CheckName>;

/** One finding. `good`: all is well; `look`: it may be meant so; `bad`: it keeps messages or answers back. */
export const Check = z.object({
  name: CheckName,
  about: z.enum(['arriving', 'answering']),
  state: z.enum(['good', 'look', 'bad']),
  subject: z.object({ kind: z.enum(['account', 'agent']), id: Id, name: z.string() }).nullable(),
  count: z.number().int().nullable(),
  since: Time.nullable(),
  /** An error in its own words, an address, names of what is missing. */
  detail: z.string().nullable(),
  /** Of an error: the same as a word of every language, where it is not in somebody else's own. */
  why: Why.optional(),
});
export type Check = z.infer<typeof Check>;

export const checkEndpoints = {
  listChecks: endpoint({
    method: 'get',
    path: '/v1/checks',
    audience: 'operator',
    summary: 'Why conversations may not appear and agents may not answer',
    status: 200,
    response: z.object({ at: Time, items: z.array(Check) }),
  }),
} as const;
