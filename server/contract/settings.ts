import { z } from 'zod';
import { Channel, Id, LongText, MessageText, Name, Priority, ReplyMode, ShortText, Status, Time } from './common.ts';
import { RiskRules } from './risk.ts';
import { ConversationFilter, HandoffTrigger } from './conversation.ts';
import { BusinessHours } from './hours.ts';
import { Why } from './why.ts';

export { BusinessHours };
export { Playbook, PlaybookInput } from './playbook.ts';
export { Route, RouteField, RouteInput } from './handoff-route.ts';
export type { InLanguages } from './handoff-route.ts';
export { Retention, Workspace, WorkspaceInput } from './workspace.ts';

/**
 * What a team shapes. Each kind is described by what may be written; what is read adds the id, the version and the time.
 * `create` names every field with its default, `update` makes all of them optional.
 */
const stored = { id: Id, version: z.number().int(), createdAt: Time };
/** Where something stands among its like; lower comes first. */
const Position = z.number().int().min(-1_000_000).max(1_000_000);
const slug = z.string().regex(/^[a-z][a-z0-9_]{0,63}$/, 'must be lower-case letters, digits and _');
const Url = z.url({ protocol: /^https?$/ }).max(2_000);
const Languages = z.array(z.string().regex(/^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*$/, 'must be a language tag such as pt-BR')).max(50);

export const AgentInput = z.strictObject({
  name: Name,
  avatarUrl: Url.nullable().default(null),
  active: z.boolean().default(true),
  instructions: LongText.default(''),
  replyMode: ReplyMode.default('auto_draft'),
  classifierOn: z.boolean().default(true),
  classifierInstruction: LongText.default(''),
  languages: Languages.default([]),
  autoReplyIntents: z.array(slug).max(200).default([]),
  reservedIntents: z.array(slug).max(200).default([]),
  fallbackLimit: z.number().int().min(1).max(20).default(2),
  burstWaitMs: z.number().int().min(0).max(8_000).default(1_500),
  /** Tokens of a day, UTC's, after which it leaves messages to people; null: as many as it takes. */
  dailyTokenLimit: z.number().int().min(1_000).max(1_000_000_000_000).nullable().default(null),
  /** What is risky otherwise than usual; decides in the mode `controlled`. */
  riskRules: RiskRules.default([]),
});
export const Agent = AgentInput.extend({ ...stored, updatedAt: Time });
export type Agent = z.infer<typeof Agent>;

export const CardScope = z.strictObject({
  agentIds: z.array(Id).max(100).optional(),
  channels: z.array(Channel).optional(),
  tags: z.array(z.string().max(200)).max(100).optional(),
  departmentIds: z.array(Id).max(100).optional(),
  audience: z.enum(['everyone', 'identified', 'anonymous']).optional(),
});
export type CardScope = z.infer<typeof CardScope>;
export const GuidanceCardInput = z.strictObject({
  surface: z.enum(['classifier', 'reply']),
  title: Name,
  text: MessageText,
  scope: CardScope.default({}),
  active: z.boolean().default(true),
  position: Position.default(0),
});
export const GuidanceCard = GuidanceCardInput.extend(stored);
export type GuidanceCard = z.infer<typeof GuidanceCard>;

export { Skill, SkillInput } from './skill.ts';

export const ArticleInput = z.strictObject({
  title: Name,
  text: MessageText,
  language: z.string().max(35).default('en'),
  audience: z.enum(['everyone', 'identified', 'anonymous']).default('everyone'),
  sourceUrl: Url.nullable().default(null),
  active: z.boolean().default(true),
});
export const Article = ArticleInput.extend({
  ...stored,
  updatedAt: Time,
  /** Answers and drafts of the last 30 days that rest on it. */ recentUses: z.number().int(),
});
export type Article = z.infer<typeof Article>;

export const TriggerInput = z.strictObject({
  /** The last three are set off by no message: they say where what is handed over so goes. */
  kind: HandoffTrigger.exclude(['manual', 'automation']),
  config: z
    .strictObject({
      keywords: z.array(z.string().min(1).max(200)).max(200).optional(),
      intents: z.array(slug).max(200).optional(),
      tags: z.array(z.string().max(200)).max(100).optional(),
      attribute: z.string().max(100).optional(),
      value: z.string().max(200).optional(),
      limit: z.number().int().min(1).max(20).optional(),
      threshold: z.number().min(0).max(1).optional(),
      /** On these channels only; none chosen means all. */
      channels: z.array(Channel).optional(),
    })
    .default({}),
  agentId: Id.nullable().default(null),
  departmentId: Id.nullable().default(null),
  routeId: Id.nullable().default(null),
  priority: Priority.nullable().default(null),
  active: z.boolean().default(true),
  position: Position.default(0),
});
export const Trigger = TriggerInput.extend(stored);
export type Trigger = z.infer<typeof Trigger>;

export const DepartmentInput = z.strictObject({
  name: Name,
  operatorIds: z.array(Id).max(1_000).default([]),
  /** Null: the workspace's. */
  hours: BusinessHours.nullable().default(null),
});
export const Department = DepartmentInput.extend(stored);
export type Department = z.infer<typeof Department>;

export const RoutingRuleInput = z.strictObject({
  name: Name,
  conditions: z
    .strictObject({
      channels: z.array(Channel).optional(),
      intents: z.array(slug).max(200).optional(),
      keywords: z.array(z.string().min(1).max(200)).max(200).optional(),
      priorities: z.array(Priority).optional(),
      languages: Languages.optional(),
    })
    .default({}),
  actions: z
    .strictObject({
      departmentId: Id.optional(),
      agentId: Id.optional(),
      assigneeId: Id.optional(),
      /** To one of those who are there: of the department that it comes to, or of the whole team where it comes to none. */
      assign: z.enum(['round_robin', 'least_busy']).optional(),
      /** People answer: it is handed off at once. Without it the agent stays in control, whoever is assigned. */
      handOff: z.boolean().optional(),
      priority: Priority.optional(),
      tags: z.array(z.string().max(200)).max(20).optional(),
    })
    .default({}),
  active: z.boolean().default(true),
  position: Position.default(0),
});
export const RoutingRule = RoutingRuleInput.extend(stored);
export type RoutingRule = z.infer<typeof RoutingRule>;

export const IntentInput = z.strictObject({
  name: slug,
  label: Name,
  description: ShortText.default(''),
  hot: z.boolean().default(false),
  /** Messages that have it, as customers write them. */
  examples: z.array(Name).max(50).default([]),
  position: Position.default(0),
});
export const Intent = IntentInput.extend(stored);
export type Intent = z.infer<typeof Intent>;

export const TagInput = z.strictObject({ name: Name, color: z.number().int().min(1).max(8).default(8) });
export const Tag = TagInput.extend(stored);
export type Tag = z.infer<typeof Tag>;

export const QuickReplyInput = z.strictObject({ name: Name, text: MessageText });
export const QuickReply = QuickReplyInput.extend(stored);

/** What a saved view shows: what narrows the pool, in which order, and the standing view that it begins as. */
export const ViewFilter = z.strictObject({
  ...ConversationFilter.partial().shape,
  status: Status.or(z.literal('any')).optional(),
  sort: z.enum(['activity', 'priority']).optional(),
  view: z.enum(['open', 'mine', 'unassigned', 'handedOff', 'requiresAction', 'draftPending']).optional(),
});
export const SavedViewInput = z.strictObject({ name: Name, shared: z.boolean().default(false), filter: ViewFilter });
/** Those of earlier versions may hold fields of no meaning. */
export const SavedView = SavedViewInput.extend({ ...stored, filter: z.record(z.string(), z.unknown()), ownerId: Id.nullable() });
export type SavedView = z.infer<typeof SavedView>;

/** Secrets of an account by name; those that can be rotated are lists of the valid ones. */
export const Credentials = z.record(z.string().max(100), z.union([z.string().max(10_000), z.array(z.string().max(10_000)).max(2)]));
export type Credentials = z.infer<typeof Credentials>;
/** What is given takes the place of what was there, name by name; an empty one removes it. In a list, a number keeps the secret that was at that place. */
export const GivenCredentials = z.record(
  z.string().max(100),
  z.union([z.string().max(10_000), z.array(z.union([z.string().max(10_000), z.number().int().min(0).max(1)])).max(2)]),
);

export const ChannelAccountInput = z.strictObject({
  channel: Channel,
  name: Name,
  address: z.string().max(320).default(''),
  settings: z.record(z.string(), z.unknown()).default({}),
  credentials: GivenCredentials.optional(),
  active: z.boolean().default(true),
  agentId: Id.nullable().default(null),
  departmentId: Id.nullable().default(null),
});
/** Credentials are never shown again: `hasCredentials` says which are set. */
export const ChannelAccount = ChannelAccountInput.omit({ credentials: true }).extend({
  ...stored,
  hasCredentials: z.array(z.string()),
  /** Of those that are lists of valid secrets, how many there are. */
  secretCounts: z.record(z.string(), z.number().int()),
  webhookUrl: z.string(),
  lastReceivedAt: Time.nullable(),
  lastError: z.string().nullable(),
  /** The same as a word of every language, where it is not in somebody else's own. */
  lastErrorWhy: Why.optional(),
  lastErrorAt: Time.nullable(),
  /** What the error was about; the next success of the same kind ends it. */
  lastErrorFrom: z.enum(['receiving', 'sending', 'test']).nullable(),
  /** What had been received, or was to be sent; long ones are cut. */
  lastErrorPayload: z.string().nullable(),
  /** What its provider sent lately and nobody understood, newest first; long ones are cut. */
  unknownPayloads: z.array(z.object({ id: Id, reason: z.string(), body: z.string(), createdAt: Time })),
});
export type ChannelAccount = z.infer<typeof ChannelAccount>;

/** What a test of an account did: what it lacks to receive or to send, logging in, asking the provider, a message sent. */
export const TestStep = z.object({
  name: z.enum(['receive', 'send', 'smtp', 'imap', 'provider', 'webhook', 'message']),
  ok: z.boolean(),
  /** Why it failed: the provider's reason in words, or the fields that are not filled in. */
  detail: z.string(),
  why: Why.optional(),
});
export type TestStep = z.infer<typeof TestStep>;
/** To send a message as well, say to whom. */
export const TestAccount = z.strictObject({ to: z.string().trim().min(1).max(320).optional() });
export const AccountTest = z.object({ ok: z.boolean(), steps: z.array(TestStep), ms: z.number().int() });
export type AccountTest = z.infer<typeof AccountTest>;

/** A kind of channel, and what an account of it takes: forms are made from this. */
export const ChannelKind = z.object({
  kind: Channel,
  /** JSON Schemas of an account's `settings` and `credentials`. */
  settings: z.record(z.string(), z.unknown()),
  credentials: z.record(z.string(), z.unknown()),
  /** Fields without which an account cannot receive or send, such as `credentials.authToken`. */
  needs: z.object({ receive: z.array(z.string()), send: z.array(z.string()) }),
  /** Its provider calls a webhook of ours. */
  webhook: z.boolean(),
  /** Who delivers: the provider, we ourselves, or nobody, where nothing can be sent. */
  delivery: z.enum(['provider', 'own', 'none']),
  limits: z.object({
    maxText: z.number().int().nullable(),
    subject: z.boolean(),
    html: z.boolean(),
    attachments: z.object({ maxCount: z.number().int(), maxBytes: z.number().int() }).nullable(),
  }),
});
export type ChannelKind = z.infer<typeof ChannelKind>;

export const Scope = z.enum(['contacts:read', 'contacts:write', 'contacts:export', 'conversations:read', 'timeline:write', 'tickets:write', 'handoffs:write']);
export const ApiKeyInput = z.strictObject({ name: Name, scopes: z.array(Scope).min(1) });
export const ApiKey = ApiKeyInput.extend({ id: Id, createdAt: Time, lastUsedAt: Time.nullable() });
export const NewApiKey = ApiKey.extend({ key: z.string() });
