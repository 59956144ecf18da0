import { z } from 'zod';

/** Ids are UUIDs, in lower case however they are written; those that we make are version 7, so that they sort by time. */
export const Id = z.uuid().toLowerCase();
/** ISO 8601, UTC, with milliseconds. */
export const Time = z.iso.datetime({ precision: 3 });
/** A time of which somebody else tells: with or without fractions, in any offset, in a year that a clock may show. */
export const AnyTime = z.iso
  .datetime({ offset: true })
  .refine((time) => Math.abs(new Date(time).getUTCFullYear() - 5_000) < 4_999, 'must lie between the years 2 and 9998');

export const Channel = z.enum(['chat', 'email', 'sms', 'whatsapp', 'instagram', 'voice', 'linkedin', 'custom']);
export type Channel = z.infer<typeof Channel>;

export const ReplyMode = z.enum(['auto_send', 'controlled', 'auto_draft', 'off']);
export type ReplyMode = z.infer<typeof ReplyMode>;

export const Status = z.enum(['open', 'closed', 'archived']);
export type Status = z.infer<typeof Status>;

export const Priority = z.enum(['urgent', 'high', 'normal', 'low']);
export type Priority = z.infer<typeof Priority>;

export const Role = z.enum(['operator', 'admin']);
export type Role = z.infer<typeof Role>;

/** A longest text of a person's message or note, in characters. */
export const MAX_TEXT = 65_536;

/** Text as a person or a provider sent it: NUL and lone surrogates, which Postgres cannot hold, become U+FFFD. */
export const Text = z.string().transform((text) => text.replaceAll('\u0000', '\uFFFD').toWellFormed());

const bounded = (max: number) => Text.pipe(z.string().max(max));
/** A message or note: not blank, at most {@link MAX_TEXT} characters. */
export const MessageText = Text.pipe(
  z
    .string()
    .max(MAX_TEXT)
    .refine((text) => text.trim() !== '', 'must not be empty'),
);
/** A name or title of something: one line, not blank. */
export const Name = bounded(200).pipe(z.string().refine((text) => text.trim() !== '', 'must not be empty'));
export const ShortText = bounded(2_000);
export const LongText = bounded(MAX_TEXT);
/** Why somebody did something; internal. */
export const Reason = bounded(1_000);

/** A flag: a word in a query string, a word or a boolean in JSON. */
export const Flag = z.union([z.boolean(), z.enum(['true', 'false'])]).transform((flag) => flag === true || flag === 'true');

export const Person = z.object({ id: Id, name: z.string(), email: z.string().nullable(), picture: z.string().nullable() });
export type Person = z.infer<typeof Person>;
export const AgentRef = z.object({ id: Id, name: z.string(), avatarUrl: z.string().nullable() });
export type AgentRef = z.infer<typeof AgentRef>;
export const Actor = z.object({ kind: z.enum(['contact', 'agent', 'operator', 'system']), id: Id.nullable(), name: z.string() });
export type Actor = z.infer<typeof Actor>;
export const TagRef = z.object({ name: z.string(), color: z.number().int() });
export type TagRef = z.infer<typeof TagRef>;

/** Query of every list: a page's size and where it starts. */
export const PageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().max(500).optional(),
});
export const page = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), nextCursor: z.string().nullable() });

/** The closed list of error codes, each with the status that it answers. */
export const CODES = {
  malformed: 400,
  unauthorized: 401,
  token_expired: 401,
  bad_signature: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  agent_in_control: 409,
  agent_may_not_reply: 409,
  newer_message: 409,
  stale_version: 409,
  draft_settled: 409,
  draft_superseded: 409,
  skill_failed: 409,
  draft_has_actions: 409,
  contact_paused: 409,
  assignee_must_transfer: 409,
  transfer_settled: 409,
  transfer_pending: 409,
  already_merged: 409,
  already_undone: 409,
  name_taken: 409,
  in_use: 409,
  too_large: 413,
  wrong_type: 415,
  invalid: 422,
  agent_inactive: 422,
  reply_mode_off: 422,
  no_agent: 422,
  key_reused: 422,
  channel_cannot_send: 422,
  not_delivered_by_person: 422,
  version_required: 428,
  rate_limited: 429,
  internal: 500,
  unavailable: 503,
  daily_limit: 503,
  translation_unavailable: 503,
} as const;
export type Code = keyof typeof CODES;

/** RFC 9457, `application/problem+json`. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  code: z.enum(Object.keys(CODES) as [Code, ...Code[]]),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  current: z.unknown().optional(),
});
export type Problem = z.infer<typeof Problem>;
