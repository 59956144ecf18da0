import { z } from 'zod';
import { Channel, Id, MessageText, Priority } from './common.ts';
import { HandoffTrigger } from './conversation.ts';
import { endpoint } from './endpoint.ts';
import { TriggerInput } from './settings.ts';

/** A message as a customer might write it, and who it would be. */
const TestTriggers = z.strictObject({
  text: MessageText,
  channel: Channel.default('chat'),
  /** The agent that would answer; left out, only triggers of every agent count. */
  agentId: Id.optional(),
  /** Whose attributes, and tags of its newest conversation, count beside those that are given. */
  contactId: Id.optional(),
  attributes: z.record(z.string().max(100), z.unknown()).default({}),
  tags: z.array(z.string().max(200)).max(100).default([]),
  /** Answers in a row before it in which the agent did not know. */
  fallbackCount: z.number().int().min(0).max(100).default(0),
  /** In their order, in the place of those that are saved. */
  triggers: z
    .array(TriggerInput.extend({ id: Id.nullish() }))
    .max(200)
    .optional(),
});

const Named = z.object({ id: Id, name: z.string() });
export const TestedTrigger = z.object({
  /** Null for one that is not saved, and for what the agent never answers. */
  id: Id.nullable(),
  /** Its place among those that were tried, from 0; null for what the agent never answers. */
  place: z.number().int().nullable(),
  trigger: HandoffTrigger,
  /** In words, as the thread would say it. */
  reason: z.string(),
  /** What set it off: the keyword, the tag, the intent, the attribute's value, the limit. */
  found: z.string().nullable(),
  department: Named.nullable(),
  route: Named.nullable(),
  priority: Priority.nullable(),
});
export type TestedTrigger = z.infer<typeof TestedTrigger>;

export const TestedTriggers = z.object({
  /** Null where an agent would go on. */
  fires: TestedTrigger.nullable(),
  /** Those behind it that would have, had it not. */
  others: z.array(TestedTrigger),
  /** What the customer would read then, in its language, and the routes that it would be offered; null where none fires. */
  customer: z
    .object({
      language: z.string().nullable(),
      text: z.string(),
      /** `asks` are the questions of the route's fields; `chosen`: the trigger chooses it. */
      routes: z.array(z.object({ id: Id, label: z.string(), note: z.string().nullable(), chosen: z.boolean(), asks: z.array(z.string()) })),
    })
    .nullable(),
  detected: z.object({
    intent: z.string().nullable(),
    asksForPerson: z.boolean(),
    frustration: z.number(),
    language: z.string().nullable(),
    priority: Priority,
    /** The built-in model told, be it that no other is configured or that it did not answer. */
    builtin: z.boolean(),
  }),
});
export type TestedTriggers = z.infer<typeof TestedTriggers>;

/** All of a kind in the order that they are to have. */
const Order = z.strictObject({ ids: z.array(Id).max(1_000) });

export const triggerEndpoints = {
  testTriggers: endpoint({
    method: 'post',
    path: '/v1/triggers/test',
    audience: 'operator',
    summary: 'Which trigger a message like this would set off; nothing is stored by asking',
    body: TestTriggers,
    status: 200,
    response: TestedTriggers,
  }),
  orderTriggers: endpoint({
    method: 'post',
    path: '/v1/triggers/order',
    audience: 'admin',
    summary: 'Put the triggers in another order; those that are not named keep theirs, behind',
    body: Order,
    status: 204,
  }),
  orderRoutes: endpoint({
    method: 'post',
    path: '/v1/routes/order',
    audience: 'admin',
    summary: 'Put the routes in another order; those that are not named keep theirs, behind',
    body: Order,
    status: 204,
  }),
  orderIntents: endpoint({
    method: 'post',
    path: '/v1/intents/order',
    audience: 'admin',
    summary: 'Put the intents in another order; those that are not named keep theirs, behind',
    body: Order,
    status: 204,
  }),
};
