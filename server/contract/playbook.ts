import { z } from 'zod';
import { Channel, Id, MessageText, Name, Time } from './common.ts';
import { endpoint } from './endpoint.ts';
import { Why } from './why.ts';

const slug = z.string().regex(/^[a-z][a-z0-9_]{0,63}$/, 'must be lower-case letters, digits and _');
const Language = z.string().regex(/^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*$/, 'must be a language tag such as pt-BR');
const Line = z.string().trim().max(1_000);
const Keywords = z.array(z.string().trim().min(1).max(200)).max(200);

const SlotType = z.enum(['text', 'number', 'date', 'choice', 'email', 'phone']);
export type SlotType = z.infer<typeof SlotType>;
/** Something to find out from the customer. */
export const PlaybookSlot = z.strictObject({
  name: slug,
  type: SlotType.default('text'),
  /** Of a choice: what it may be. */
  choices: z.array(z.string().trim().min(1).max(200)).max(50).default([]),
  /** Without it the goal is not reached; one that is not required is passed over once it was asked for in vain. */
  required: z.boolean().default(true),
  /** How often the customer is asked for it at most. */
  asks: z.number().int().min(1).max(10).default(2),
  /** How to ask, by language. The first one serves where there is none in the customer's. */
  questions: z
    .array(z.strictObject({ language: Language, text: Line.min(1) }))
    .max(50)
    .default([]),
});
export type PlaybookSlot = z.infer<typeof PlaybookSlot>;
/** In plain words. A condition such as `machines more than 2` is decided by rule, any other by the model. */
export const PlaybookStep = z.strictObject({
  text: MessageText,
  /** The skill that it takes. */
  skill: slug.nullable().default(null),
  condition: Line.default(''),
  /** Names of what is found out here; what no step names is found out in the last. */
  slots: z.array(slug).max(50).default([]),
});
export type PlaybookStep = z.infer<typeof PlaybookStep>;
/** How a playbook ends before its goal. */
export const PlaybookExit = z.strictObject({
  condition: Line.default(''),
  keywords: Keywords.default([]),
  does: z.enum(['hand_off', 'end']).default('hand_off'),
  routeId: Id.nullable().default(null),
});
export type PlaybookExit = z.infer<typeof PlaybookExit>;
export const OnGoal = z.enum(['hand_off', 'close', 'go_on']);
export type OnGoal = z.infer<typeof OnGoal>;

export const PlaybookInput = z.strictObject({
  name: Name,
  agentId: Id.nullable().default(null),
  goal: MessageText,
  /** Either begins it. With neither, agents of a configured model begin it where it fits. */
  begins: z.strictObject({ intents: z.array(slug).max(200).default([]), keywords: Keywords.default([]) }).default({ intents: [], keywords: [] }),
  steps: z.array(PlaybookStep).max(50).default([]),
  slots: z.array(PlaybookSlot).max(50).default([]),
  exits: z.array(PlaybookExit).max(50).default([]),
  /** Reached, it hands off and offers `routeIds` (all routes where it names none), closes the conversation, or leaves it to the agent. */
  onGoal: OnGoal.default('hand_off'),
  routeIds: z.array(Id).max(20).default([]),
  active: z.boolean().default(true),
  position: z.number().int().min(-1_000_000).max(1_000_000).default(0),
});
export const Playbook = PlaybookInput.extend({ id: Id, version: z.number().int(), createdAt: Time });
export type Playbook = z.infer<typeof Playbook>;

export const SlotValue = z.union([z.string(), z.number()]).nullable();
export type SlotValue = z.infer<typeof SlotValue>;
/** Where a playbook stands in a conversation. */
export const PlaybookStand = z.object({
  playbookId: Id,
  /** The version by which it goes on. */
  playbookVersion: z.number().int(),
  name: z.string(),
  goal: z.string(),
  /** From 1; of steps that are all done, the last. */
  step: z.number().int(),
  steps: z.array(z.object({ text: z.string() })),
  /** In their order; null: not known. */
  slots: z.array(z.object({ name: z.string(), type: SlotType, required: z.boolean(), value: SlotValue })),
  /** A person has the word: it waits and goes on once the agent has it again. */
  held: z.boolean(),
  begunAt: Time,
  movedAt: Time,
  ended: z.object({ as: z.enum(['goal', 'exit', 'closed', 'merged']), at: Time, why: z.string().nullable() }).nullable(),
});
export type PlaybookStand = z.infer<typeof PlaybookStand>;

/** Of those begun in a span of days: how many came to each step, and to the goal. */
export const PlaybookFigures = z.object({ days: z.number().int(), begun: z.number().int(), reached: z.array(z.number().int()), goal: z.number().int() });
export type PlaybookFigures = z.infer<typeof PlaybookFigures>;

/** A playbook as it is being written, and what a customer might write, line by line. */
export const TestPlaybook = z.strictObject({
  playbook: PlaybookInput,
  lines: z.array(z.string().trim().min(1).max(4_000)).min(1).max(30),
  channel: Channel.default('chat'),
  /** Skills of the team's own are called as in a conversation; else it is only said with what they would be. */
  real: z.boolean().default(false),
  /** Made-up answers of skills that are not run, by name: JSON or text. */
  answers: z.record(z.string().max(64), z.string().max(10_000)).default({}),
});
/** What came of one line. */
export const TestTurn = z.object({
  customer: z.string(),
  /** What the agent would answer; null where it would not, or the playbook ended. */
  agent: z.string().nullable(),
  outcome: z.enum(['reply', 'handed_off', 'closed', 'failed']),
  /** Why it was handed off, closed or failed. */
  reason: z.string().nullable(),
  /** The same where it is ours. */
  why: Why.nullable(),
  /** It was begun by its own rules, or has been; false where nothing in this line or before begins it, and it is followed all the same. */
  begun: z.boolean(),
  step: z.number().int(),
  steps: z.number().int(),
  slots: z.array(z.object({ name: z.string(), value: SlotValue })),
  /** Skills that ran or would run, and what they answered; null where they did not run and no answer was made up. */
  skills: z.array(z.object({ name: z.string(), args: z.unknown(), ran: z.boolean(), result: z.unknown().nullable() })),
  /** Routes that the customer would choose from. */
  routes: z.array(z.object({ id: Id, label: z.string() })),
  ended: z.enum(['goal', 'exit']).nullable(),
});
export type TestTurn = z.infer<typeof TestTurn>;
export type TestPlaybook = z.infer<typeof TestPlaybook>;
export const PlaybookTest = z.object({ turns: z.array(TestTurn), model: z.string() });
export type PlaybookTest = z.infer<typeof PlaybookTest>;

export const playbookEndpoints = {
  testPlaybook: endpoint({
    method: 'post',
    path: '/v1/playbooks/test-run',
    audience: 'admin',
    summary: 'Play a playbook through with a made-up customer; nothing is stored or sent',
    body: TestPlaybook,
    status: 200,
    response: PlaybookTest,
  }),
  playbookFigures: endpoint({
    method: 'get',
    path: '/v1/playbooks/:id/figures',
    audience: 'operator',
    summary: 'How far conversations of the last 30 days came in a playbook',
    status: 200,
    response: PlaybookFigures,
  }),
  conversationPlaybook: endpoint({
    method: 'get',
    path: '/v1/conversations/:id/playbook',
    audience: 'operator',
    summary: 'Where the playbook of a conversation stands, or the last one ended',
    status: 200,
    response: z.object({ playbook: PlaybookStand.nullable() }),
  }),
};
