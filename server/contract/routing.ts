import { z } from 'zod';
import { Channel, Id, MessageText, Name, Priority } from './common.ts';
import { endpoint } from './endpoint.ts';
import { RoutingRuleInput, Tag } from './settings.ts';

/** A message as a customer might write it. */
const TryRouting = z.strictObject({ text: MessageText, channel: Channel.default('chat') });
const Named = z.object({ id: Id, name: z.string() });
/** Where it would go now. */
export const TriedRouting = z.object({
  /** What the message is, as far as rules ask. The intent is the built-in model's; a configured model may see another. */
  intent: z.string().nullable(),
  language: z.string().nullable(),
  priority: Priority,
  /** The rules that match, in their order. */
  rules: z.array(z.object({ id: Id, name: Name })),
  department: Named.nullable(),
  agent: Named.nullable(),
  /** Whom it would be given to: the one that a rule names, or whose turn it would be. */
  assignee: Named.nullable(),
  assign: RoutingRuleInput.shape.actions.unwrap().shape.assign.nullable(),
  handOff: z.boolean(),
  tags: z.array(z.string()),
});
export type TriedRouting = z.infer<typeof TriedRouting>;

/** All rules in the order that they are to have. */
const OrderRules = z.strictObject({ ids: z.array(Id).max(1_000) });

export const routingEndpoints = {
  tryRouting: endpoint({
    method: 'post',
    path: '/v1/routing-rules/try',
    audience: 'operator',
    summary: 'Where a message like this would go; nothing is changed by asking',
    body: TryRouting,
    status: 200,
    response: TriedRouting,
  }),
  orderRoutingRules: endpoint({
    method: 'post',
    path: '/v1/routing-rules/order',
    audience: 'admin',
    summary: 'Put the routing rules in another order; those that are not named keep theirs, behind',
    body: OrderRules,
    status: 204,
  }),
  restoreTag: endpoint({
    method: 'post',
    path: '/v1/tags/:id/restore',
    audience: 'admin',
    summary: 'Bring a deleted tag back, with the conversations that carried it; for a day',
    status: 200,
    response: Tag,
    idempotent: true,
    errors: ['name_taken'],
  }),
};
