import { z } from 'zod';
import { Id, LongText, MessageText, PageQuery, Reason, Time } from './common.ts';
import { Because, Message } from './message.ts';
import { Original } from './translate.ts';
import { Why } from './why.ts';

export const DraftStatus = z.enum(['pending', 'approved', 'edited', 'rejected', 'superseded', 'dropped']);
export type DraftStatus = z.infer<typeof DraftStatus>;

export const Risk = z.object({ level: z.enum(['low', 'medium', 'high']), reasons: z.array(z.string()) });
export type Risk = z.infer<typeof Risk>;

/** What becomes of an action of a draft. `unknown`: nobody can say whether it was done. */
export const ActionState = z.enum(['proposed', 'running', 'done', 'failed', 'unknown']);
export type ActionState = z.infer<typeof ActionState>;

/** A skill that the agent will have run once a person approves the draft. */
export const DraftAction = z.object({
  /** Of this call and no other. */
  key: z.string(),
  skill: z.string(),
  /** Free of secrets. */
  args: z.unknown(),
  risk: z.enum(['low', 'medium', 'high']),
  state: ActionState,
  /** What it came to, in a few words. */
  summary: z.string().nullable(),
  why: Why.optional(),
});
export type DraftAction = z.infer<typeof DraftAction>;

export const Draft = z.object({
  id: Id,
  conversationId: Id,
  agentId: Id,
  agentName: z.string(),
  status: DraftStatus,
  text: z.string(),
  html: z.string().nullish(),
  finalText: z.string().nullish(),
  inReplyToSeq: z.number().int().nullable(),
  risk: Risk,
  because: Because,
  /** What is done when it is approved, before it is sent; left out where there is nothing. */
  actions: z.array(DraftAction).optional(),
  reason: z.string().nullish(),
  version: z.number().int(),
  createdAt: Time,
  settledBy: z.object({ kind: z.enum(['operator', 'agent', 'system']), id: Id.nullable(), name: z.string() }).nullish(),
  settledAt: Time.nullish(),
});
export type Draft = z.infer<typeof Draft>;

export const DraftsQuery = PageQuery.extend({ status: DraftStatus.default('pending'), conversationId: Id.optional() });
export const ApproveDraft = z.strictObject({
  text: MessageText.optional(),
  html: LongText.optional(),
  /** Where `text` is a translation: what was written. */ original: Original.optional(),
  /** Keys of actions that are not to be done; it is sent without those that came to nothing only where they stand here. */
  skip: z.array(z.string().max(100)).max(20).optional(),
  /** One of several that are approved at once: what would also do something is refused, and waits until it is approved on its own. */
  together: z.boolean().optional(),
});
export const RejectDraft = z.strictObject({ reason: Reason.optional() });
export const ApprovedDraft = z.object({ message: Message, draft: Draft });
