/**
 * What became of one setting, or of one field of the workspace: who changed what and when, each version to be put back.
 * A section makes one, `new SettingHistory(host, 'agents')`, open from the start with `true`, and hangs `history.render(item, unsaved)` into its form as the last group; what is put back arrives in the store's list.
 */
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from '../ui/repeat.ts';
import type { SettingVersion, WorkspaceField } from '../../server/contract/history.ts';
import { historyTexts } from '../locales/history.ts';
import { History, type VersionedList } from '../store/history.ts';
import type { Result } from '../store/core.ts';
import type { ApiProblem } from '../store/problem.ts';
import { icon } from '../ui/icon.ts';
import { refresh, undo } from '../ui/icons.ts';
import { Ticker } from '../ui/ticker.ts';
import { toast } from '../ui/toast.ts';
import { words } from '../ui/words.ts';
import { changeList, entryLine, whyNot, type HistoryWords } from './settings-history-entry.ts';
import type { SettingsHost } from './settings-sections.ts';

/** The least that is known of a setting. */
interface Item {
  readonly id: string;
  readonly version: number;
}

export class SettingHistory {
  private readonly words: HistoryWords;
  private readonly ticker: Ticker;
  /** Of which setting and at which version `items` are. */
  private of?: string;
  private items: readonly SettingVersion[] = [];
  private next: string | null = null;
  private loading = false;
  private failed = false;
  private busy = false;
  private refusal?: ApiProblem;

  constructor(
    private readonly host: SettingsHost,
    private readonly list: VersionedList | { readonly field: WorkspaceField },
    private opened = false,
  ) {
    this.words = words(host, historyTexts);
    this.ticker = new Ticker(host, 'minute');
  }

  /** @param unsaved something is typed in the form: nothing is put back under it */
  render(item: Item, unsaved: boolean): TemplateResult {
    const { t } = this.words;
    if (this.opened && this.of !== keyOf(item)) void this.load(item);
    return html`<section class="group"><details class="history" .open=${this.opened} @toggle=${(event: Event) => this.handleToggle(event, item)}><summary><h2>${t.title}</h2></summary>${this.opened ? this.body(item, unsaved) : nothing}</details></section>`;
  }

  private body(item: Item, unsaved: boolean): TemplateResult {
    const { t } = this.words;
    const { items, loading } = this;
    if (this.failed) {
      return html`<p class="refusal" role="alert">${t.common.failed}</p><div><button type="button" class="btn" @click=${() => void this.load(item)}>${icon(refresh)}${t.common.retry}</button></div>`;
    }
    if (loading && items.length === 0) return html`<p class="dim" role="status">${t.common.loading}</p>`;
    if (items.length === 0) return html`<p class="hint">${t.none}</p>`;
    return html`${unsaved && this.host.mayEdit ? html`<p class="hint">${t.saveFirst}</p>` : nothing}${this.refusal ? html`<p class="refusal" role="alert">${whyNot(this.refusal, this.words)}</p>` : nothing}<ol class="past">${repeat(
      items,
      ({ id }) => id,
      (entry) => html`<li>
      <p>${entryLine(entry, this.words, this.ticker.now)}</p>${entry.version === (typeof this.list === 'string' ? item.version : items[0]?.version) ? html`<span class="dim">${t.now}</span>` : this.back(entry, item, unsaved)}${changeList(entry, this.words, this.host)}</li>`,
    )}</ol>${
      this.next
        ? html`<div><button type="button" class="btn" ?disabled=${loading} @click=${() => void this.load(item, this.next ?? undefined)}>${t.older}</button></div>`
        : nothing
    }`;
  }

  private back(entry: SettingVersion, item: Item, unsaved: boolean): TemplateResult | typeof nothing {
    if (entry.action === 'deleted') return nothing;
    const { t } = this.words;
    return html`<button type="button" class="btn sm writes" data-version=${entry.version} ?disabled=${unsaved || this.busy} @click=${() => void this.putBack(item, entry.version, true)}>${icon(undo)}${t.putBack}</button>`;
  }

  private handleToggle(event: Event, item: Item): void {
    this.opened = (event.target as HTMLDetailsElement).open;
    if (this.opened && this.of !== keyOf(item)) void this.load(item);
    this.host.requestUpdate();
  }

  private async load(item: Item, cursor?: string): Promise<void> {
    const { store } = this.host;
    if (!store) return;
    const key = keyOf(item);
    if (!this.of?.startsWith(item.id)) this.items = [];
    this.of = key;
    this.loading = true;
    this.failed = false;
    store.settings.need('agents', 'departments', 'operators', 'routes');
    const { list } = this;
    const past = new History(store.core, store.settings);
    const answer = await (typeof list === 'string' ? past.versions(list, item.id, cursor) : past.workspaceVersions(list.field, cursor));
    if (this.of !== key) return;
    this.loading = false;
    this.failed = !answer.ok;
    if (answer.ok) {
      this.items = cursor ? [...this.items, ...answer.value.items] : answer.value.items;
      this.next = answer.value.nextCursor;
    }
    this.host.requestUpdate();
  }

  /** Brings something back that was deleted, as it was at a version, and says how that went. */
  async bringBack(id: string, name: string, version: number): Promise<void> {
    const { store } = this.host;
    if (!store || typeof this.list !== 'string') return;
    const { t } = this.words;
    const answer = await new History(store.core, store.settings).putBack(this.list, id, version);
    toast(this.host, { text: answer.ok ? t.log.isBack(name) : whyNot(answer.problem, this.words), dismiss: t.common.dismiss });
  }

  /** At once, with a way back: what stood there before is a version as well. */
  private async putBack(item: Item, version: number, undoable: boolean): Promise<void> {
    const { store } = this.host;
    if (!store || this.busy) return;
    const { t } = this.words;
    this.busy = true;
    this.refusal = undefined;
    this.host.requestUpdate();
    const { list } = this;
    const past = new History(store.core, store.settings);
    const answer: Result<Item> = await (typeof list === 'string'
      ? past.putBack(list, item.id, version, item.version)
      : past.putWorkspaceBack(list.field, version, item.version));
    this.busy = false;
    if (answer.ok) {
      const again = (): void => void this.putBack(answer.value, item.version, false);
      toast(this.host, {
        text: undoable ? t.wasPutBack : t.wasUndone,
        acts: undoable ? [{ label: t.common.undo, undo: true, run: again }] : [],
        dismiss: t.common.dismiss,
      });
    } else this.refusal = answer.problem;
    this.host.requestUpdate();
  }
}

const keyOf = ({ id, version }: Item): string => `${id} ${version}`;
