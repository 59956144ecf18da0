/** What it all amounts to: rates, times and shares over a span, beside the span before. */
import type { z } from 'zod';
import { endpoints } from '../contract/endpoints.ts';
import type { HandoffReport, ImproveReport, ReportQuery } from '../contract/report.ts';
import { TRIGGERS } from '../contract/report.ts';
import type { Channel } from '../contract/common.ts';
import type { Sql, Transaction } from '../db/connect.ts';
import { correctionsIn, figuresOf, longWaits, missingArticles, NOBODY, reportNames, spanOf, waitingLong } from '../db/report-figures.ts';
import type { Dimension, Measure, Span } from '../db/report-figures.ts';
import { answerFigures, dayIn, daysBetween, draftFigures, handoffFigures, linesOf, shareOf, worstHours } from '../domain/report.ts';
import type { Line } from '../domain/report.ts';
import { csvWhereWanted } from './csv.ts';
import { decodeCursor, pageByTime, TimePlace } from './cursor.ts';
import type { ApiDeps, App } from './deps.ts';
import { ProblemError } from './problem.ts';
import { mount } from './route.ts';

/** Longest span, in milliseconds: two years, one of them a leap year, and the hours that a time zone moves. */
const LONGEST = 732 * 86_400_000;
/** How much is told of each kind of what would help. */
const MOST = 5;

export function reportRoutes(app: App, deps: ApiDeps): void {
  app.use(
    '/v1/reports/*',
    csvWhereWanted((path) => path.split('/').at(-1)!),
  );

  mount(app, deps, endpoints.reportHandoffs, async ({ sql, workspaceId, query }) => {
    const span = await spanFor(sql, query);
    const { by } = query;
    const dim: Dimension = by === 'trigger' || by === 'route' ? 'none' : by;
    const measures = ['opened', 'trigger', 'person', 'long', ...(by === 'route' || by === 'agent_channel' ? (['route'] as const) : [])] as const;
    const [{ lines, total: totals }, waiting, names, routes] = await Promise.all([
      lookUp(sql, workspaceId, measures, span, dim, by === 'day' ? 'lines' : 'total'),
      waitingLong(sql, workspaceId, span, dim, true),
      reportNames(sql, workspaceId, 'agent'),
      reportNames(sql, workspaceId, 'route'),
    ]);
    const waits = (now: boolean, of?: string) => waiting.reduce((all, one) => (one.now === now && (of === undefined || one.dim === of) ? all + one.n : all), 0);
    const total = handoffFigures(totals.of('', true), waits(true));
    const before = handoffFigures(totals.of('', false), waits(false));
    const figures = (of: string) => handoffFigures(lines.of(of), waits(true, of));
    const items = (): HandoffReport['items'] => {
      if (by === 'trigger' || by === 'route') {
        const of = lines.of('');
        const counts = new Map(of.keys(by));
        const keys = by === 'route' ? [...new Set([...routes.keys(), ...counts.keys()])] : TRIGGERS.filter((one) => counts.has(one));
        const unknown = { answered: null, waitMedian: null, waitP90: null, waitLongest: null, waitedLong: null };
        return keys
          .filter((key) => counts.has(key))
          .map((key) => {
            const handoffs = counts.get(key)!;
            return {
              key: key || null,
              label: by === 'route' ? (routes.get(key) ?? '') : key,
              conversations: null,
              handoffs,
              rate: shareOf(handoffs, total.conversations),
              ...unknown,
            };
          })
          .toSorted((a, b) => b.handoffs - a.handoffs);
      }
      if (by === 'day') {
        return daysOf(span).map(({ day, daysBefore }) => ({
          ...keyed(day, day),
          ...figures(day),
          rateBefore: handoffFigures(lines.of(daysBefore, false), 0).rate,
        }));
      }
      return lines.dims
        .map((of) => {
          const [agent, channel] = by === 'channel' ? [undefined, of] : of.split(' ');
          const route =
            by === 'agent_channel'
              ? lines
                  .of(of)
                  .keys('route')
                  .find(([key]) => key !== '')?.[0]
              : undefined;
          const more =
            by === 'agent_channel'
              ? { agentId: agent === NOBODY ? null : agent!, channel: channel as Channel, route: route === undefined ? null : (routes.get(route) ?? null) }
              : {};
          return {
            ...keyed(by === 'channel' ? of : agent === NOBODY && by === 'agent' ? null : of, agent === undefined ? of : (names.get(agent) ?? '')),
            ...figures(of),
            ...more,
          };
        })
        .filter(({ conversations, handoffs }) => conversations > 0 || handoffs > 0)
        .toSorted((a, b) => (b.rate ?? 0) - (a.rate ?? 0) || b.handoffs - a.handoffs);
    };
    return { ...told(span), total, before, items: items() };
  });

  mount(app, deps, endpoints.reportAnswers, ({ sql, workspaceId, query }) => split(sql, workspaceId, query, ['answer', 'first'], answerFigures));
  mount(app, deps, endpoints.reportDrafts, ({ sql, workspaceId, query }) => split(sql, workspaceId, query, ['draft'], draftFigures));

  mount(app, deps, endpoints.reportTimes, async ({ sql, workspaceId, query }) => {
    const span = await spanFor(sql, query);
    const [{ lines }, waiting] = await Promise.all([
      lookUp(sql, workspaceId, ['opened', 'trigger', 'person', 'long', 'first'], span, 'hour'),
      waitingLong(sql, workspaceId, span, 'hour'),
    ]);
    return {
      ...told(span),
      items: Array.from({ length: 24 }, (_, hour) => {
        const line = lines.of(String(hour));
        const { conversations, handoffs, answered, waitMedian, waitP90, waitedLong } = handoffFigures(
          line,
          waiting.find(({ dim }) => dim === String(hour))?.n ?? 0,
        );
        const { answered: firstAnswered, firstMedian, firstP90 } = answerFigures(line);
        return { hour, handoffs, answered, waitMedian, waitP90, waitedLong, conversations, firstAnswered, firstMedian, firstP90 };
      }),
    };
  });

  mount(app, deps, endpoints.reportWaits, async ({ sql, workspaceId, query }) => {
    const span = await spanFor(sql, query);
    const found = await longWaits(sql, workspaceId, span, query.limit + 1, decodeCursor(TimePlace, query.cursor));
    return pageByTime(
      found.map((one) => ({ ...one, at: one.at.toISOString() })),
      query.limit,
      ({ at }) => at,
    );
  });

  mount(app, deps, endpoints.reportOverview, async ({ sql, workspaceId, query }) => {
    const span = await spanFor(sql, query);
    const [{ total: totals }, waiting, corrections] = await Promise.all([
      lookUp(sql, workspaceId, ['opened', 'trigger', 'person', 'long', 'answer', 'first', 'draft'], span, 'none', 'total'),
      waitingLong(sql, workspaceId, span, 'none', true),
      correctionsIn(sql, workspaceId, span, true),
    ]);
    const of = (now: boolean) => {
      const line = totals.of('', now);
      const { answered: firstAnswered, ...answers } = answerFigures(line);
      const drafts = draftFigures(line);
      return {
        ...answers,
        ...handoffFigures(line, waiting.find((one) => one.now === now)?.n ?? 0),
        firstAnswered,
        draftsApproved: drafts.approved,
        draftsEdited: drafts.edited,
        draftsRejected: drafts.rejected,
        draftsChanged: drafts.changed,
        corrections: corrections.reduce((sum, one) => (one.now === now ? sum + one.n : sum), 0),
      };
    };
    return { ...told(span), total: of(true), before: of(false) };
  });

  mount(app, deps, endpoints.reportImprove, async ({ sql, workspaceId, query }) => {
    const span = await spanFor(sql, query);
    const [{ total: all }, { lines: byAgent }, { lines: byHour }, waiting, names, intents, gaps, corrections] = await Promise.all([
      lookUp(sql, workspaceId, ['trigger', 'intent'], span, 'none'),
      lookUp(sql, workspaceId, ['draft'], span, 'agent'),
      lookUp(sql, workspaceId, ['long'], span, 'hour'),
      waitingLong(sql, workspaceId, span, 'hour'),
      reportNames(sql, workspaceId, 'agent'),
      reportNames(sql, workspaceId, 'intent'),
      missingArticles(sql, workspaceId, span, MOST),
      correctionsIn(sql, workspaceId, span),
    ]);
    const wrong = new Map<string, number>();
    for (const { agentId, n } of corrections) if (agentId) wrong.set(agentId, (wrong.get(agentId) ?? 0) + n);
    const line = all.of('');
    const handoffs = line.count('trigger');
    const item = (
      kind: ImproveReport['items'][number]['kind'],
      key: string | null,
      label: string,
      n: number,
      more: Partial<ImproveReport['items'][number]> = {},
    ) => ({ kind, key, label, n, of: null, share: null, fromHour: null, toHour: null, ...more });
    const top = (measure: 'trigger' | 'intent') =>
      line
        .keys(measure)
        .filter(([key]) => key !== '')
        .slice(0, MOST);
    const edited = byAgent.dims.map((id) => ({ id, ...draftFigures(byAgent.of(id)) })).filter((one) => one.edited > 0);
    const worst = worstHours(
      Array.from({ length: 24 }, (_, hour) => byHour.of(String(hour)).count('long') + (waiting.find(({ dim }) => dim === String(hour))?.n ?? 0)),
    );
    return {
      ...told(span),
      items: [
        ...gaps.map(({ id, question, n }) => item('article', id, question, n)),
        ...top('trigger').map(([key, n]) => item('trigger', key, key, n, { of: handoffs, share: shareOf(n, handoffs) })),
        ...top('intent').map(([key, n]) => item('topic', key, intents.get(key) ?? key, n, { of: handoffs, share: shareOf(n, handoffs) })),
        ...edited
          .toSorted((a, b) => b.edited * (b.changed ?? 0) - a.edited * (a.changed ?? 0))
          .slice(0, MOST)
          .map((one) => item('drafts', one.id, names.get(one.id) ?? '', one.edited, { of: one.approved + one.edited + one.rejected, share: one.changed })),
        ...[...wrong]
          .toSorted(([, a], [, b]) => b - a)
          .slice(0, MOST)
          .map(([id, n]) => item('corrections', id, names.get(id) ?? '', n)),
        ...(worst ? [item('hours', null, '', worst.n, { of: worst.of, fromHour: worst.from, toHour: worst.to })] : []),
      ],
    };
  });
}

/** The span that a query asks for. @throws ProblemError `invalid` */
async function spanFor(sql: Sql | Transaction, query: ReportQuery): Promise<Span> {
  const invalid = (path: string, message: string) => new ProblemError('invalid', `${path}: ${message}`, { errors: [{ path, message }] });
  if (!knows(query.tz)) throw invalid('tz', 'is no time zone that is known here');
  const edges = await spanOf(sql, query);
  if (!edges) throw invalid('tz', 'is no time zone that is known here');
  if (edges.from >= edges.to) throw invalid(query.to === undefined ? 'from' : 'to', 'must come after from');
  if (edges.to.getTime() - edges.from.getTime() > LONGEST) throw invalid('from', 'must lie at most two years before to');
  return { ...edges, tz: query.tz, agentId: query.agentId, channel: query.channel };
}

/** Whether this process, which cuts days as the database does, knows a time zone. */
function knows(tz: string): boolean {
  try {
    return dayIn(new Date(0), tz) !== '';
  } catch {
    return false;
  }
}

const lookUp = async (...asked: Parameters<typeof figuresOf>) => {
  const { lines, total } = await figuresOf(...asked);
  return { lines: linesOf(lines), total: linesOf(total) };
};

const told = ({ from, to, tz }: Span) => ({ from: from.toISOString(), to: to.toISOString(), tz });
const keyed = (key: string | null, label: string) => ({ key, label });

/** The days of a span, each with the one as many days before as the span has. */
function daysOf({ from, to, tz }: Span): { day: string; daysBefore: string }[] {
  const days = daysBetween(dayIn(from, tz), dayIn(new Date(to.getTime() - 1), tz));
  return days.map((day) => ({ day, daysBefore: new Date(Date.parse(`${day}T00:00:00Z`) - days.length * 86_400_000).toISOString().slice(0, 10) }));
}

/** A report whose lines are days, agents or channels, all with the same figures. */
async function split<T>(
  sql: Sql | Transaction,
  workspaceId: string,
  query: ReportQuery & { by: z.infer<typeof endpoints.reportAnswers.query>['by'] },
  measures: readonly Measure[],
  figures: (line: Line) => T,
) {
  const span = await spanFor(sql, query);
  const { by } = query;
  const [{ lines, total: totals }, names] = await Promise.all([lookUp(sql, workspaceId, measures, span, by, 'total'), reportNames(sql, workspaceId, 'agent')]);
  const dims = by === 'day' ? daysOf(span).map(({ day }) => day) : lines.dims;
  return {
    ...told(span),
    total: figures(totals.of('', true)),
    before: figures(totals.of('', false)),
    items: dims.map((dim) => ({ ...keyed(dim === NOBODY ? null : dim, by === 'agent' ? (names.get(dim) ?? '') : dim), ...figures(lines.of(dim)) })),
  };
}
