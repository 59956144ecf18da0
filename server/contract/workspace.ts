import { z } from 'zod';
import { Id, Name, Time } from './common.ts';
import { BusinessHours } from './hours.ts';
import { Why } from './why.ts';

/** Days; null: for as long as nobody removes it. */
const days = (most: number) => z.number().int().min(1).max(most);
/** For how long things are kept. */
export const Retention = z.strictObject({
  /** Closed and archived conversations after what happened last in them; one with a ticket that is not solved stays. */
  conversationsDays: days(36_500).nullable().default(null),
  /** Files, after they came. */
  filesDays: days(36_500).nullable().default(null),
  /** What readers of live updates catch up from. */
  eventsDays: days(90).default(1),
  /** The log of who changed what; how a setting stands stays. */
  auditDays: days(36_500).nullable().default(null),
});
export type Retention = z.infer<typeof Retention>;

export const Workspace = z.object({
  id: Id,
  slug: z.string(),
  name: z.string(),
  jwksUrl: z.string().nullable(),
  allowedHosts: z.array(z.string()),
  /** When people are there; null: at any time. Departments may have hours of their own. */
  hours: BusinessHours.nullable(),
  retention: Retention,
  /** `outage`: since when it does not answer, and why. */
  model: z.object({ name: z.string(), builtin: z.boolean(), outage: z.object({ since: Time, reason: z.string(), why: Why.optional() }).nullable() }),
  version: z.number().int(),
});
export type Workspace = z.infer<typeof Workspace>;
export const WorkspaceInput = z.strictObject({
  name: Name,
  allowedHosts: z.array(z.string().regex(/^(\*\.)?[a-z0-9.-]+(:\d+)?$/i, 'must be a host name')).max(200),
  hours: BusinessHours.nullable(),
  retention: Retention,
});
