import { z } from 'zod';
import { Id, LongText, MessageText, PageQuery, Reason, Time } from './common.ts';
import { Because, Message } from './message.ts';
import { Original } from './translate.ts';

export const DraftStatus = z.enum(['pending', 'approved', 'edited', 'rejected', 'superseded', 'dropped']);
export type DraftStatus = z.infer<typeof DraftStatus>;

export const Risk = z.object({ level: z.enum(['low', 'medium', 'high']), reasons: z.array(z.string()) });
export type Risk = z.infer<typeof Risk>;

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
  reason: z.string().nullish(),
  version: z.number().int(),
  createdAt: Time,
  settledBy: z.object({ kind: z.enum(['operator', 'agent', 'system']), id: Id.nullable(), name: z.string() }).nullish(),
  settledAt: Time.nullish(),
});
export type Draft = z.infer<typeof Draft>;

export const DraftsQuery = PageQuery.extend({ status: DraftStatus.default('pending'), conversationId: Id.optional() });
export const ApproveDraft = z.strictObject({ text: MessageText.optional(), html: LongText.optional(), /** Where `text` is a translation: what was written. */ original: Original.optional() });
export const RejectDraft = z.strictObject({ reason: Reason.optional() });
export const ApprovedDraft = z.object({ message: Message, draft: Draft });
