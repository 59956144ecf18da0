import { z } from 'zod';
import { AnyTime, Channel, Id, page, PageQuery, Time } from './common.ts';
import { HandoffTrigger } from './conversation.ts';
import { endpoint } from './endpoint.ts';

/** A day of the asker's, or a moment. */
const Edge = z.union([z.iso.date(), AnyTime]);

/** Which span, and of what. Figures are kept by the hour: moments count from the hour that they fall into. */
export const ReportQuery = z.strictObject({
  /** The first day, or the moment from which on; 30 days with the last unless told. */
  from: Edge.optional(),
  /** The last day, or the moment before which; today unless told. At most two years after `from`. */
  to: Edge.optional(),
  /** Name of the asker's time zone, such as `Europe/Lisbon`: days and hours of the day are its own. */
  tz: z
    .string()
    .max(64)
    .regex(/^[A-Za-z]+([/_+-][A-Za-z0-9]+)*$/)
    .default('UTC'),
  agentId: Id.optional(),
  channel: Channel.optional(),
  /** `csv` for a table, as `Accept: text/csv` asks for too. */
  format: z.enum(['json', 'csv']).default('json'),
});
export type ReportQuery = z.infer<typeof ReportQuery>;

const Count = z.number().int();
/** Between 0 and 1; null of nothing. */
const Share = z.number().nullable();
/** Of times, which are known to about one part in a hundred; null of none. */
const Seconds = z.number().int().nullable();

const Span = { from: Time, to: Time, tz: z.string() };
const asReport = <T extends z.ZodRawShape, R extends z.ZodRawShape>(total: T, item: R) =>
  z.object({ ...Span, total: z.object(total), before: z.object(total), items: z.array(z.object(item)) });
/** `key` is an id, a day, a channel or a trigger; null where nobody or nothing is meant. */
const Keyed = { key: z.string().nullable(), label: z.string() };

const Handoffs = {
  /** That customers began or opened again; null where it cannot be told apart. */
  conversations: Count.nullable(),
  handoffs: Count,
  /** Handoffs in each conversation. */
  rate: Share,
  /** Handoffs that a person has answered: what the times are of, from the handoff to that person's first message. */
  answered: Count.nullable(),
  waitMedian: Seconds,
  waitP90: Seconds,
  waitLongest: Seconds,
  /** Over 15 minutes, answered or not. */
  waitedLong: Count.nullable(),
};

export const HandoffReport = asReport(Handoffs, {
  ...Keyed,
  ...Handoffs,
  /** Of a day: the rate as many days before. */
  rateBefore: Share.optional(),
  /** Of an agent's channel. */
  agentId: Id.nullable().optional(),
  channel: Channel.optional(),
  /** The route that most chose; null where none was. */
  route: z.string().nullable().optional(),
});
export type HandoffReport = z.infer<typeof HandoffReport>;

const Answers = {
  /** Messages that an agent sent by itself, that a person approved as they were drafted, or edited, or wrote. */
  agent: Count,
  approved: Count,
  edited: Count,
  person: Count,
  /** Of all, those that an agent sent by itself. */
  share: Share,
  /** Time to the first answer, whoever gave it, of conversations that began or were opened again. */
  answered: Count,
  firstMedian: Seconds,
  firstP90: Seconds,
};
export const AnswerReport = asReport(Answers, { ...Keyed, ...Answers });
export type AnswerReport = z.infer<typeof AnswerReport>;

const Drafts = {
  approved: Count,
  edited: Count,
  rejected: Count,
  superseded: Count,
  dropped: Count,
  /** Approved as they were, of those that somebody decided on. */
  approvedShare: Share,
  /** How much of the text of an edited one changed, on average. */
  changed: Share,
};
export const DraftReport = asReport(Drafts, { ...Keyed, ...Drafts });
export type DraftReport = z.infer<typeof DraftReport>;

/** The hours of a day, each with what began in it. */
export const TimeReport = z.object({
  ...Span,
  items: z.array(
    z.object({
      hour: z.number().int(),
      handoffs: Count,
      answered: Count,
      waitMedian: Seconds,
      waitP90: Seconds,
      waitedLong: Count,
      conversations: Count,
      firstAnswered: Count,
      firstMedian: Seconds,
      firstP90: Seconds,
    }),
  ),
});
export type TimeReport = z.infer<typeof TimeReport>;

/** What would help most, of each kind the worst first. */
export const ImproveReport = z.object({
  ...Span,
  items: z.array(
    z.object({
      /** A question without an article, a trigger that fires much, a topic that is handed off, an agent whose drafts are edited much, hours in which people wait long, decisions of an agent that people put right. */
      kind: z.enum(['article', 'trigger', 'topic', 'drafts', 'hours', 'corrections']),
      key: z.string().nullable(),
      label: z.string(),
      n: Count,
      /** Out of so many. */
      of: Count.nullable(),
      /** Of drafts: how much changed on average. */
      share: Share,
      /** Of hours: the first one, and the one after the last, in the asker's time. */
      fromHour: z.number().int().nullable(),
      toHour: z.number().int().nullable(),
    }),
  ),
});
export type ImproveReport = z.infer<typeof ImproveReport>;

const Overview = z.object({
  ...Handoffs,
  ...Answers,
  answered: Count,
  firstAnswered: Count,
  draftsApproved: Count,
  draftsEdited: Count,
  draftsRejected: Count,
  draftsChanged: Share,
  /** Decisions of agents that people put right. */
  corrections: Count,
});
export const OverviewReport = z.object({ ...Span, total: Overview, before: Overview });
export type OverviewReport = z.infer<typeof OverviewReport>;

/** A handoff for which somebody waited long, or does still. */
export const LongWait = z.object({
  id: Id,
  conversationId: Id.nullable(),
  contact: z.string().nullable(),
  agentId: Id.nullable(),
  channel: Channel,
  at: Time,
  /** Until a person answered, or it was over; of who waits still, until now. */
  seconds: Count,
  waiting: z.boolean(),
});
export type LongWait = z.infer<typeof LongWait>;

const common = { method: 'get', audience: 'operator', status: 200 } as const;
const By = z.enum(['day', 'agent', 'channel']).default('day');

export const reportEndpoints = {
  reportHandoffs: endpoint({
    ...common,
    path: '/v1/reports/handoffs',
    summary: 'How often conversations are handed off, why, where to, and how long people wait; beside the span before',
    query: ReportQuery.extend({ by: z.enum(['day', 'agent', 'channel', 'trigger', 'route', 'agent_channel']).default('day') }),
    response: HandoffReport,
  }),
  reportAnswers: endpoint({
    ...common,
    path: '/v1/reports/answers',
    summary: 'Who answers customers, and how soon',
    query: ReportQuery.extend({ by: By }),
    response: AnswerReport,
  }),
  reportDrafts: endpoint({
    ...common,
    path: '/v1/reports/drafts',
    summary: 'What becomes of drafts',
    query: ReportQuery.extend({ by: By }),
    response: DraftReport,
  }),
  reportTimes: endpoint({
    ...common,
    path: '/v1/reports/times',
    summary: 'How long customers wait, by hour of the day',
    query: ReportQuery,
    response: TimeReport,
  }),
  reportWaits: endpoint({
    ...common,
    path: '/v1/reports/waits',
    summary: 'The handoffs for which somebody waited long, newest first',
    query: ReportQuery.extend(PageQuery.shape),
    response: page(LongWait),
  }),
  reportImprove: endpoint({
    ...common,
    path: '/v1/reports/improve',
    summary: 'What would help: articles missing, triggers that fire most, drafts edited most, hours with long waits',
    query: ReportQuery,
    response: ImproveReport,
  }),
  reportOverview: endpoint({
    ...common,
    path: '/v1/reports/overview',
    summary: 'The figures of a span beside those of the span before',
    query: ReportQuery,
    response: OverviewReport,
  }),
};

/** Triggers as the report of handoffs keys them. */
export const TRIGGERS = HandoffTrigger.options;
