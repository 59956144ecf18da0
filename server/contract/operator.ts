/** The people of a team, as their host knows them; and what each of them chose for its own desk. */
import { z } from 'zod';
import { Id, Role, Time } from './common.ts';
import { Workspace } from './workspace.ts';

export const Operator = z.object({
  id: Id,
  version: z.number().int(),
  createdAt: Time,
  name: z.string(),
  email: z.string().nullable(),
  picture: z.string().nullable(),
  role: Role,
  active: z.boolean(),
});
export type Operator = z.infer<typeof Operator>;
/** Name, email and role come from the host's token; what may be changed here is whether the person may come in. */
export const OperatorInput = z.strictObject({ active: z.boolean() });

export const Me = Operator.extend({
  language: z.string().nullable(),
  autoTranslate: z.boolean(),
  notifications: z.record(z.string(), z.boolean()),
  /** Keys by what they do, where the operator has chosen others than the usual ones; empty: none. */
  shortcuts: z.record(z.string(), z.string()),
  /** Ids of saved views in the operator's order; those that are not named come last. */
  viewOrder: z.array(Id),
  workspace: Workspace,
});
export type Me = z.infer<typeof Me>;
export const MeInput = z.strictObject({
  language: z.string().max(35).nullable(),
  autoTranslate: z.boolean(),
  notifications: z.record(z.string().max(50), z.boolean()),
  /** All that differ from the usual ones, such as `{"close": "mod+shift+e"}`; an empty one takes the keys away. */
  shortcuts: z
    .record(z.string().regex(/^[a-z][a-zA-Z]{0,49}$/), z.string().regex(/^$|^((mod|alt|shift)\+){0,3}[^\s+]{1,20}$/u, 'must be keys such as mod+shift+e'))
    .refine((keys) => Object.keys(keys).length <= 100, 'must be at most 100'),
  viewOrder: z.array(Id).max(500),
});
export type MeInput = z.infer<typeof MeInput>;
