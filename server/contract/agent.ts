/** What is done with agents beside the calls of every setting: switching one off with its conversations, and saving its behaviour with the cards at once. */
import { z } from 'zod';
import { Id, Name } from './common.ts';
import { endpoint } from './endpoint.ts';
import { settingKinds } from './endpoints-settings.ts';
import { Agent, GuidanceCard } from './settings.ts';

/** What an agent has to do with now. */
export const AgentWork = z.object({
  /** Open conversations that it has the word in. */
  open: z.number().int(),
  /** Of these, those in which somebody waits for an answer. */
  waiting: z.number().int(),
  /** Open conversations that it belongs to while people have the word. */
  held: z.number().int(),
  /** Accounts on which it is the first to answer. */
  accounts: z.array(z.object({ id: Id, name: Name })),
});
export type AgentWork = z.infer<typeof AgentWork>;

const DeactivateAgent = z
  .strictObject({
    /** Where its open conversations go. They stay with it: nothing answers there, and people see who waits. */
    conversations: z.enum(['keep', 'agent', 'people']).default('keep'),
    /** The active agent that takes them, where they go to one. */
    agentId: Id.optional(),
    /** Chosen by the caller, who can follow the operation by it while it goes on, and undo it. */
    operationId: Id.optional(),
  })
  .refine(({ conversations, agentId }) => (conversations === 'agent') === (agentId !== undefined), {
    path: ['agentId'],
    message: 'must name the agent that takes them, where one does',
  });
export const Deactivated = z.object({
  agent: Agent,
  /** What moved its conversations; null where they stay. Undone only after the agent is active again. */
  operationId: Id.nullable(),
  results: z.array(z.object({ id: Id, ok: z.boolean(), code: z.string().optional() })),
});
export type Deactivated = z.infer<typeof Deactivated>;

/** Something that is changed or, without an id, made; `remove` deletes it. */
const Written = { id: Id.optional(), version: z.number().int().optional(), remove: z.literal(true).optional() };
const SaveBehaviour = z.strictObject({
  agent: z.strictObject({ id: Id, version: z.number().int().optional(), set: settingKinds.agent.update.body }).optional(),
  cards: z
    .array(z.strictObject({ ...Written, set: settingKinds.guidanceCard.update.body.optional() }))
    .max(500)
    .default([]),
});
export type SaveBehaviour = z.input<typeof SaveBehaviour>;
/** What was written, as it is now, in the order of the request; null for what was deleted. */
export const SavedBehaviour = z.object({ agent: Agent.nullable(), cards: z.array(GuidanceCard.nullable()) });
export type SavedBehaviour = z.infer<typeof SavedBehaviour>;

export const agentEndpoints = {
  getAgentWork: endpoint({
    method: 'get',
    path: '/v1/agents/:id/work',
    audience: 'operator',
    summary: 'How many open conversations an agent has, and where it is the first to answer',
    status: 200,
    response: AgentWork,
  }),
  deactivateAgent: endpoint({
    method: 'post',
    path: '/v1/agents/:id/deactivate',
    audience: 'admin',
    summary: 'Switch an agent off, and say where its open conversations go',
    body: DeactivateAgent,
    status: 200,
    response: Deactivated,
    ifMatch: 'optional',
    idempotent: 'own',
    errors: ['agent_inactive'],
  }),
  saveBehaviour: endpoint({
    method: 'post',
    path: '/v1/behaviour',
    audience: 'admin',
    summary: 'Save an agent and guidance cards at once, all of it or nothing',
    body: SaveBehaviour,
    status: 200,
    response: SavedBehaviour,
    idempotent: true,
    errors: ['name_taken', 'stale_version', 'not_found'],
  }),
};
