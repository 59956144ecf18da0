/** The parts of a report, from what was read to what is shown. */
import { html, nothing, type TemplateResult } from 'lit';
import type { HandoffReport } from '../../server/contract/report.ts';
import type { ReportData, ReportTable } from '../store/reports.ts';
import { icon } from '../ui/icon.ts';
import { file, list } from '../ui/icons.ts';
import { bot } from '../ui/people.ts';
import { number } from '../ui/time.ts';
import { vars } from '../ui/vars.ts';
import { bars, lines, ranks } from './report-charts.ts';
import { channelName, dayName, hourName, lengthOf, percent, triggerName } from './report-text.ts';
import type { CommonWords, ReportWords } from './report-text.ts';

/** A wait is long from here on, in minutes. */
const LIMIT = 15;

/** What the parts are drawn with. */
export interface ReportPaint {
  readonly words: ReportWords;
  readonly common: CommonWords;
  readonly data: ReportData;
  /** Which charts are shown as tables. */
  readonly tables: ReadonlySet<ReportTable>;
  /** Where the picture of an agent is. */
  avatar(agentId: string): string | null | undefined;
  toggle(table: ReportTable): void;
  download(table: ReportTable): void;
  showWaits(): void;
}

const big = (text: string): TemplateResult =>
  html`<dd class="big">${text.split(/(?<=\d)(?=[^\d.,٫٬])|(?<=[^\d.,٫٬])(?=\d)/u).map((part) => (/\d/.test(part) ? part : html`<small>${part}</small>`))}</dd>`;

/** The figures at the head, each beside what it was in the span before. */
export function figures({ words, common, data, showWaits }: ReportPaint): TemplateResult {
  const { t, tag } = words;
  const { total, before, items } = data.days;
  const days = number(tag, items.length);
  const n = (value: number | null): string => number(tag, value ?? 0);
  const points = total.rate !== null && before.rate !== null ? Math.round((total.rate - before.rate) * 1_000) / 10 : null;
  const compared =
    points === null ? nothing : points === 0 ? t.same(days) : (points < 0 ? t.less : t.more)(number(tag, Math.abs(points), { maximumFractionDigits: 1 }), days);
  const length = (seconds: number | null): string => lengthOf(words, common, seconds);
  const was = (seconds: number | null): string | typeof nothing => (seconds === null ? nothing : t.was(length(seconds)));
  const { total: answers, before: answersBefore } = data.answers;
  const { total: drafts } = data.drafts;
  const all = answers.agent + answers.approved + answers.edited + answers.person;
  return html`<dl class="figures">
    <div><dt>${t.rate}</dt>${big(percent(words, total.rate))}<dd>${compared}</dd></div>
    <div><dt>${t.handoffs}</dt>${big(n(total.handoffs))}<dd>${t.ofN(total.conversations ?? 0, n(total.conversations))}</dd></div>
    <div><dt>${t.median}</dt>${big(length(total.waitMedian))}<dd>${was(before.waitMedian)}</dd></div>
    <div><dt>${t.long}</dt>${big(n(total.waitedLong))}<dd>${total.waitedLong ? html`<button type="button" class="linkish" data-act="waits" @click=${showWaits}>${t.show}</button>` : t.noneLong}</dd></div>
  </dl><dl class="figures second">
    <div><dt>${t.first}</dt>${big(length(answers.firstMedian))}<dd>${answersBefore.firstMedian === null ? (answers.firstP90 === null ? nothing : t.p90(length(answers.firstP90))) : was(answersBefore.firstMedian)}</dd></div>
    <div><dt>${t.share}</dt>${big(percent(words, answers.share))}<dd>${t.shareOf(all, n(answers.agent), n(all))}</dd></div>
    <div><dt>${t.approved}</dt>${big(percent(words, drafts.approvedShare))}<dd>${t.approvedOf(n(drafts.edited), n(drafts.rejected))}</dd></div>
    <div><dt>${t.changed}</dt>${big(percent(words, drafts.changed))}<dd>${drafts.edited > 0 ? t.changedOf(n(drafts.edited)) : nothing}</dd></div>
  </dl>`;
}

/** Rate by day and reasons; waits by hour and routes. */
export function charts(paint: ReportPaint): TemplateResult {
  const { words, common, data } = paint;
  const { t, tag } = words;
  const { days, triggers, routes, times } = data;
  const rate = (value: number): string => percent(words, value, 0);
  const marks = days.items.map(({ label, rate: now, rateBefore }) => ({ name: dayName(tag, label), now, past: rateBefore ?? null }));
  const told = days.items.filter((day) => day.rate !== null);
  const minutes = (value: number): string => number(tag, value, { maximumFractionDigits: value < 3 ? 1 : 0 });
  const busy = times.items.map(({ answered, handoffs }, at) => (answered > 0 || handoffs > 0 ? at : -1)).filter((at) => at >= 0);
  const hours = times.items.slice(Math.min(8, ...busy), Math.max(19, ...busy) + 1);
  const worst = hours.toSorted((a, b) => (b.waitMedian ?? 0) - (a.waitMedian ?? 0))[0];
  const reasons = triggers.items.map(({ label, handoffs }) => ({ name: triggerName(words, label), value: handoffs, says: number(tag, handoffs) }));
  const ways = routes.items.map(({ key, label, handoffs }) => ({
    name: key === null ? t.noRoute : html`<bdi>${label}</bdi>`,
    value: handoffs,
    says: number(tag, handoffs),
  }));
  return html`<div class="charts">${chart(
    paint,
    'days',
    t.byDay,
    t.byDayLead(number(tag, days.items.length)),
    () =>
      lines(
        marks,
        {
          title: t.chartOf(t.byDay),
          name: rate,
          says: t.daySays(percent(words, told[0]?.rate ?? null), percent(words, told.at(-1)?.rate ?? null), percent(words, days.before.rate)),
        },
        t.before,
      ),
    () =>
      table(
        [t.day, t.conversations, t.handoffs, t.rateShort, t.before, t.wait],
        days.items.map((day, at) => [
          marks[at]!.name,
          count(tag, day.conversations),
          count(tag, day.handoffs),
          percent(words, day.rate),
          percent(words, day.rateBefore),
          lengthOf(words, common, day.waitMedian),
        ]),
      ),
  )}${chart(
    paint,
    'triggers',
    t.why,
    t.whyLead,
    () => ranks(reasons),
    () =>
      table(
        [t.why, t.handoffs, t.rateShort],
        triggers.items.map((one, at) => [reasons[at]!.name, count(tag, one.handoffs), percent(words, one.rate)]),
      ),
  )}</div><div class="charts">${chart(
    paint,
    'times',
    t.hours,
    t.hoursLead,
    () =>
      bars(
        hours.map(({ hour, waitMedian }) => ({ name: hourName(tag, hour), value: waitMedian === null ? null : waitMedian / 60 })),
        {
          title: t.chartOf(t.hours),
          name: minutes,
          says: worst && worst.waitMedian !== null ? t.hourSays(lengthOf(words, common, worst.waitMedian), hourName(tag, worst.hour)) : t.noWaits,
        },
        LIMIT,
        t.limit,
      ),
    () =>
      table(
        [t.hour, t.handoffs, t.wait, t.first],
        times.items.map((one) => [
          hourName(tag, one.hour),
          count(tag, one.handoffs),
          lengthOf(words, common, one.waitMedian),
          lengthOf(words, common, one.firstMedian),
        ]),
      ),
  )}${chart(
    paint,
    'routes',
    t.where,
    t.whereLead,
    () => ranks(ways),
    () =>
      table(
        [t.route, t.handoffs, t.rateShort],
        routes.items.map((one, at) => [ways[at]!.name, count(tag, one.handoffs), percent(words, one.rate)]),
      ),
  )}</div>`;
}

const sentBy = ({ agent, approved, edited, person }: ReportData['answersBy']['items'][number]): number => agent + approved + edited + person;

/** Who answers, and what became of drafts: both by agent, as tables. */
export function byAgent({ words, common, data, avatar, download }: ReportPaint): TemplateResult {
  const { t, tag } = words;
  const { answersBy, draftsBy, overview } = data;
  const name = (one: { readonly key: string | null; readonly label: string }): unknown =>
    one.key ? html`<span class="name">${bot({ name: one.label, avatarUrl: avatar(one.key) }, 18)}<bdi>${one.label}</bdi></span>` : t.noAgent;
  const part = (
    of: ReportTable,
    title: string,
    lead: string,
    told: TemplateResult,
  ): TemplateResult => html`<figure class="chart" data-chart=${of}><header><div><h2>${title}</h2><p>${lead}</p></div><span class="acts"><button type="button"
    class="btn ghost icon" aria-label=${t.csvOf(title)} title=${t.csv} @click=${() => download(of)}>${icon(file)}</button></span></header>${told}</figure>`;
  const { corrections } = overview.total;
  return html`<div class="charts even">${part(
    'answers',
    t.answering,
    t.answeringLead,
    table(
      [t.agent, t.alone, t.approvedShort, t.editedShort, t.byPeople, t.firstShort],
      answersBy.items
        .toSorted((one, other) => sentBy(other) - sentBy(one))
        .map((one) => [
          name(one),
          count(tag, one.agent),
          count(tag, one.approved),
          count(tag, one.edited),
          count(tag, one.person),
          lengthOf(words, common, one.firstMedian),
        ]),
    ),
  )}${part(
    'drafts',
    t.drafting,
    corrections > 0 || overview.before.corrections > 0
      ? t.putRight(corrections, number(tag, corrections), number(tag, overview.before.corrections))
      : t.draftingLead,
    table(
      [t.agent, t.approvedShort, t.editedShort, t.changedShort, t.rejectedShort],
      draftsBy.items.map((one) => [name(one), count(tag, one.approved), count(tag, one.edited), percent(words, one.changed, 0), count(tag, one.rejected)]),
    ),
  )}</div>`;
}

const count = (tag: string, value: number | null): string => number(tag, value ?? 0);

/** A chart with its title, and the two ways to see its numbers: a table in its place, and a file. */
function chart(
  { words: { t }, tables, toggle, download }: ReportPaint,
  name: ReportTable,
  title: string,
  lead: string,
  drawn: () => TemplateResult,
  told: () => TemplateResult,
): TemplateResult {
  const asTable = tables.has(name);
  return html`<figure class="chart" data-chart=${name}><header><div><h2>${title}</h2><p>${lead}</p></div><span class="acts"><button type="button" class="btn ghost icon" aria-pressed=${asTable ? 'true' : 'false'} aria-label=${t.asTableOf(title)} title=${t.asTable}
    @click=${() => toggle(name)}>${icon(list)}</button><button type="button" class="btn ghost icon" aria-label=${t.csvOf(title)} title=${t.csv} @click=${() => download(name)}>${icon(file)}</button></span></header>${asTable ? told() : drawn()}</figure>`;
}

/** @param rows their first cell names them, the others are numbers */
function table(heads: readonly string[], rows: readonly (readonly unknown[])[]): TemplateResult {
  return html`<div class="table-scroll short" tabindex="0" role="group" aria-label=${heads.join(', ')}><table class="table"><thead><tr>${heads.map((head, at) => html`<th scope="col" class=${at > 0 ? 'r' : ''}>${head}</th>`)}</tr></thead><tbody>${rows.map(
    ([name, ...cells]) => html`<tr><th scope="row">${name}</th>${cells.map((cell) => html`<td class="r">${cell}</td>`)}</tr>`,
  )}</tbody></table></div>`;
}

/** Each agent's channels, that with the highest rate first. */
export function pairs({ words, common, data, avatar, download }: ReportPaint): TemplateResult | typeof nothing {
  const { t, tag } = words;
  if (data.pairs.items.length === 0) return nothing;
  const row = (one: HandoffReport['items'][number]): TemplateResult =>
    html`<tr><td><span class="name">${one.agentId ? html`${bot({ name: one.label, avatarUrl: avatar(one.agentId) }, 18)}<bdi>${one.label}</bdi>` : t.noAgent}</span></td><td>${channelName(
      words,
      common,
      one.channel ?? '',
    )}</td><td class="r">${count(tag, one.conversations)}</td><td class="r">${count(tag, one.handoffs)}</td><td class="r"><span class="rate"><i ${vars({ '--v': `${Math.min(100, (one.rate ?? 0) * 100)}%` })}></i>${percent(
      words,
      one.rate,
    )}</span></td><td class="r">${lengthOf(words, common, one.waitMedian)}</td><td class="r">${lengthOf(words, common, one.waitLongest)}</td><td>${one.route ? html`<bdi>${one.route}</bdi>` : one.handoffs > 0 ? t.noRoute : t.none}</td></tr>`;
  return html`<div class="table-head"><h2 id="pairs">${t.pairs}</h2><button type="button" class="btn ghost icon" aria-label=${t.csvOf(t.pairs)} title=${t.csv} @click=${() => download('pairs')}>${icon(file)}</button></div>
    <div class="table-scroll" tabindex="0" role="group" aria-labelledby="pairs"><table class="table" aria-labelledby="pairs"><thead><tr><th scope="col">${t.agent}</th><th scope="col">${t.channel}</th><th scope="col" class="r">${t.conversations}</th><th scope="col" class="r">${t.handoffs}</th><th
      scope="col" class="r" aria-sort="descending">${t.rateShort}</th><th scope="col" class="r">${t.wait}</th><th scope="col" class="r">${t.longest}</th><th scope="col">${t.route}</th></tr></thead><tbody>${data.pairs.items.map(row)}</tbody></table></div>`;
}
