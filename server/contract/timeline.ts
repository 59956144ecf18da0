/** What happened with a contact, as its timeline tells it, and what people and host systems log there. */
import { z } from 'zod';
import { Actor, AnyTime, Id, MAX_TEXT, MessageText, PageQuery, Time } from './common.ts';

export const TimelineEntry = z.object({
  id: Id,
  kind: z.string(),
  text: z.string(),
  reason: z.string().nullish(),
  actor: Actor,
  data: z.record(z.string(), z.unknown()),
  at: Time,
});
export type TimelineEntry = z.infer<typeof TimelineEntry>;
/** What people and host systems log. */
export const LoggedKind = z.enum(['linkedin', 'meeting_booked', 'meeting_cancelled', 'opportunity_stage', 'sequence_enrolled', 'custom']);
/** What a timeline may be narrowed to: `ai` is what agents did and decided, their skills too; `control` who may speak and whose the conversation is. */
export const TimelineKind = z.enum(['message', 'note', 'control', 'ai', 'skill', 'ticket', ...LoggedKind.options]);
export type TimelineKind = z.infer<typeof TimelineKind>;
export const TimelineQuery = PageQuery.extend({
  /** Separated by commas; all where none is given. */
  kind: z
    .string()
    .max(300)
    .transform((kinds) => kinds.split(','))
    .pipe(z.array(TimelineKind))
    .optional(),
});
export const LogActivity = z.strictObject({
  kind: LoggedKind,
  text: MessageText,
  /**
   * What more is known, for the side panel: `{activity}` of LinkedIn (`connection_request`, `message`, `comment`), `{startsAt}` of a
   * meeting, `{stage}` of an opportunity, `{sequence}` of an enrolment.
   */
  data: z
    .record(z.string(), z.unknown())
    .refine((data) => JSON.stringify(data).length <= MAX_TEXT, `may have at most ${MAX_TEXT} characters`)
    .optional(),
  /** When it was. */
  at: AnyTime.optional(),
});
