import type { AnswerReport, DraftReport, HandoffReport, ImproveReport, LongWait, OverviewReport, TimeReport } from '../../server/contract/report.ts';
import type { Channel } from '../../server/contract/common.ts';
import type { Core, Result } from './core.ts';

/** What a report is of: days of the reader's, both with. */
export interface ReportLook {
  /** `2026-05-14`. */
  readonly from: string;
  readonly to: string;
  readonly tz: string;
  readonly agentId?: string;
  readonly channel?: Channel;
}

/** Everything that the report of handoffs shows. */
export interface ReportData {
  readonly days: HandoffReport;
  readonly triggers: HandoffReport;
  readonly routes: HandoffReport;
  readonly pairs: HandoffReport;
  readonly times: TimeReport;
  readonly answers: AnswerReport;
  readonly drafts: DraftReport;
  /** The same by agent. */
  readonly answersBy: AnswerReport;
  readonly draftsBy: DraftReport;
  readonly overview: OverviewReport;
  readonly help: ImproveReport;
}

/** Tables that can be downloaded. */
export type ReportTable = 'days' | 'triggers' | 'routes' | 'pairs' | 'times' | 'answers' | 'drafts' | 'waits';

/** What is asked of reports; fetched with the element that shows them. */
export class Reports {
  constructor(private readonly core: Core) {}

  /** All parts of the report, or why one of them is not to be had. */
  async read(look: ReportLook): Promise<Result<ReportData>> {
    const { handoffs, times, answers, drafts, improve, overview } = this.calls;
    const by = (what: HandoffBy) => () => handoffs.$get({ query: { ...look, by: what } });
    return this.all({
      days: by('day'),
      triggers: by('trigger'),
      routes: by('route'),
      pairs: by('agent_channel'),
      times: () => times.$get({ query: look }),
      answers: () => answers.$get({ query: look }),
      drafts: () => drafts.$get({ query: look }),
      answersBy: () => answers.$get({ query: { ...look, by: 'agent' } }),
      draftsBy: () => drafts.$get({ query: { ...look, by: 'agent' } }),
      overview: () => overview.$get({ query: look }),
      help: () => improve.$get({ query: look }),
    });
  }

  /** One of the tables, for a spreadsheet. */
  csv(look: ReportLook, table: ReportTable): Promise<Result<string>> {
    const query = { ...look, format: 'csv' } as const;
    const { handoffs, times, answers, drafts, waits } = this.calls;
    const by = (what: HandoffBy) => () => handoffs.$get({ query: { ...query, by: what } });
    const calls: Record<ReportTable, () => Promise<{ text(): Promise<string> }>> = {
      days: by('day'),
      triggers: by('trigger'),
      routes: by('route'),
      pairs: by('agent_channel'),
      times: () => times.$get({ query }),
      answers: () => answers.$get({ query: { ...query, by: 'agent' } }),
      drafts: () => drafts.$get({ query: { ...query, by: 'agent' } }),
      waits: () => waits.$get({ query: { ...query, limit: '100' } }),
    };
    return this.core.ask(async () => {
      const answer = await calls[table]();
      return { json: () => answer.text() };
    });
  }

  /** Handoffs for which somebody waited long, newest first. */
  waits(look: ReportLook, cursor?: string): Promise<Result<{ readonly items: readonly LongWait[]; readonly nextCursor: string | null }>> {
    return this.core.ask(() => this.calls.waits.$get({ query: { ...look, limit: '30', ...(cursor ? { cursor } : {}) } }));
  }

  /** Asks for several things at once; the first refusal is that of all. */
  private async all<T extends object>(calls: { readonly [K in keyof T]: () => Promise<{ json(): Promise<T[K]> }> }): Promise<Result<T>> {
    const value: Partial<T> = {};
    const answers = await Promise.all(
      (Object.keys(calls) as (keyof T)[]).map(async (name) => {
        const answer = await this.core.ask(calls[name]);
        if (answer.ok) value[name] = answer.value;
        return answer;
      }),
    );
    const refused = answers.find((answer) => !answer.ok);
    return refused && !refused.ok ? refused : { ok: true, value: value as T };
  }

  private get calls() {
    return this.core.client.api.v1.reports;
  }
}

type HandoffBy = 'day' | 'trigger' | 'route' | 'agent_channel';
