/** The log of who changed what, for admins: narrowed by what, who and when, and the way back for what was deleted. */
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from '../ui/repeat.ts';
import type { AuditEntry, AuditKind } from '../../server/contract/history.ts';
import { historyTexts } from '../locales/history.ts';
import { History, type AuditLook, type VersionedList } from '../store/history.ts';
import { listOfKind } from '../store/lists.ts';
import { blank, Patience } from '../ui/blank.ts';
import { icon } from '../ui/icon.ts';
import { alert, clock, lock, refresh, undo } from '../ui/icons.ts';
import { Ticker } from '../ui/ticker.ts';
import { toast } from '../ui/toast.ts';
import { words } from '../ui/words.ts';
import { changeList, entryLine, kindName, whyNot, type HistoryWords } from './settings-history-entry.ts';
import { bones } from './settings-listing.ts';
import type { OpenSection, SectionView, SettingsHost } from './settings-sections.ts';

export const open: OpenSection = (host) => new AuditView(host);

/** What somebody chose; days as their field has them, empty for none. */
interface Choice {
  readonly kind: AuditKind | '';
  readonly operatorId: string;
  readonly from: string;
  readonly to: string;
}

const NOTHING: Choice = { kind: '', operatorId: '', from: '', to: '' };
/** Milliseconds of a day but the last one. */
const DAY = 86_399_999;

class AuditView implements SectionView {
  readonly unsaved = false;
  private readonly words: HistoryWords;
  private readonly patience: Patience;
  private readonly ticker: Ticker;
  private choice = NOTHING;
  private items?: readonly AuditEntry[];
  private next: string | null = null;
  /** Of the readings that began the last one; what an earlier one brings is not shown. */
  private reading = 0;
  private loading = false;
  private failed = false;

  constructor(private readonly host: SettingsHost) {
    this.words = words(host, historyTexts);
    this.patience = new Patience(host);
    this.ticker = new Ticker(host, 'minute');
  }

  start(): void {
    if (!this.host.mayEdit) return;
    this.host.store?.settings.need('operators', 'agents', 'departments', 'routes');
    void this.load();
  }

  stop(): void {}

  render(): TemplateResult {
    const { log: t } = this.words.t;
    if (!this.host.mayEdit) return blank({ glyph: lock, title: t.adminsOnly, text: t.adminsOnlyText });
    return html`<div class="form"><header class="form-head"><div><h1 tabindex="-1">${t.title}</h1><p>${t.lead}</p></div></header><div class="form-body wide"><div class="log-look" role="search">${this.filters()}</div>${this.body()}</div></div>`;
  }

  private filters(): TemplateResult {
    const { log: t, kinds } = this.words.t;
    const { choice } = this;
    const operators = this.host.store?.get().lists.operators?.items ?? [];
    const named = (Object.keys(kinds) as AuditKind[])
      .map((kind) => [kind, kindName(kind, this.words)] as const)
      .toSorted(([, one], [, other]) => one.localeCompare(other, this.words.tag));
    return html`${this.select('kind', t.kind, t.allKinds, named, choice.kind)}${this.select(
      'operatorId',
      t.operator,
      t.allOperators,
      operators.map(({ id, name }) => [id, name] as const),
      choice.operatorId,
    )}${this.day('from', t.from, choice.from)}${this.day('to', t.to, choice.to)}`;
  }

  private select(field: 'kind' | 'operatorId', label: string, all: string, options: readonly (readonly [string, string])[], value: string): TemplateResult {
    return html`<label><span class="label">${label}</span><select class="field" data-filter=${field} @change=${(event: Event) => this.choose({ [field]: (event.target as HTMLSelectElement).value })}><option value="" .selected=${value === ''}>${all}</option>${options.map(
      ([id, name]) => html`<option value=${id} .selected=${id === value}>${name}</option>`,
    )}</select></label>`;
  }

  private day(field: 'from' | 'to', label: string, value: string): TemplateResult {
    return html`<label><span class="label">${label}</span><input class="field" type="date" data-filter=${field} .value=${value} @change=${(event: Event) => this.choose({ [field]: (event.target as HTMLInputElement).value })}></label>`;
  }

  private body(): TemplateResult {
    const { t } = this.words;
    const { items, choice, loading } = this;
    if (this.failed)
      return blank(
        {
          glyph: alert,
          title: t.common.failed,
          acts: html`<button type="button" class="btn" @click=${() => void this.load()}>${icon(refresh)}${t.common.retry}</button>`,
        },
        true,
      );
    if (!items) return this.patience.out(true) ? bones(t.common.loading) : html``;
    this.patience.out(false);
    const narrowed = Object.values(choice).some(Boolean);
    if (items.length === 0)
      return blank({ glyph: clock, title: narrowed ? t.log.noneLike : t.log.empty, text: narrowed ? t.log.noneLikeText : t.log.emptyText });
    return html`<ol class="past" aria-busy=${String(loading)}>${repeat(
      items,
      ({ id }) => id,
      (entry) =>
        html`<li data-kind=${entry.kind}><p>${entryLine(entry, this.words, this.ticker.now, true)}</p>${this.back(entry)}${changeList(entry, this.words, this.host)}</li>`,
    )}</ol>${
      this.next
        ? html`<div><button type="button" class="btn" data-act="more" ?disabled=${loading} @click=${() => void this.load(this.next ?? undefined)}>${t.log.more}</button></div>`
        : nothing
    }`;
  }

  /** What was deleted is put back from here: its own form is gone. */
  private back(entry: AuditEntry): TemplateResult | typeof nothing {
    if (entry.action !== 'deleted' || entry.version === null) return nothing;
    const { t } = this.words;
    return html`<button type="button" class="btn sm" data-act="back" @click=${() => void this.putBack(entry, entry.version! - 1)}>${icon(undo)}${t.putBack}<span class="sr"> ${entry.name}</span></button>`;
  }

  private async putBack({ kind, subjectId, name }: AuditEntry, version: number): Promise<void> {
    const { store } = this.host;
    const list = listOfKind(kind) as VersionedList | undefined;
    if (!store || !list) return;
    const { t } = this.words;
    const answer = await new History(store.core, store.settings).putBack(list, subjectId, version);
    toast(this.host, { text: answer.ok ? t.log.isBack(name) : whyNot(answer.problem, this.words), dismiss: t.common.dismiss });
    if (answer.ok) await this.load();
  }

  private choose(choice: Partial<Choice>): void {
    this.choice = { ...this.choice, ...choice };
    void this.load();
  }

  private async load(cursor?: string): Promise<void> {
    const { store } = this.host;
    if (!store) return;
    this.reading += 1;
    const { reading } = this;
    this.loading = true;
    this.failed = false;
    this.host.requestUpdate();
    const answer = await new History(store.core, store.settings).log(lookOf(this.choice), cursor);
    if (reading !== this.reading) return;
    this.loading = false;
    this.failed = !answer.ok;
    if (answer.ok) {
      this.items = cursor ? [...(this.items ?? []), ...answer.value.items] : answer.value.items;
      this.next = answer.value.nextCursor;
    }
    this.host.requestUpdate();
  }
}

/** Days are the reader's own. */
function lookOf({ kind, operatorId, from, to }: Choice): AuditLook {
  const begin = (day: string): number => new Date(`${day}T00:00`).getTime();
  return {
    ...(kind ? { kind } : {}),
    ...(operatorId ? { operatorId } : {}),
    ...(from ? { from: new Date(begin(from)).toISOString() } : {}),
    ...(to ? { to: new Date(begin(to) + DAY).toISOString() } : {}),
  };
}
