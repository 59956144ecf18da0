import { html, nothing, type TemplateResult } from 'lit';
import type { PoolFilter } from '../store/filter.ts';
import type { StoreElement } from '../store/element.ts';
import { conversationOf } from '../store/select.ts';
import { Menu } from '../ui/menu.ts';
import { actionOf, keysFor, keysOf } from '../ui/shortcuts.ts';
import { number } from '../ui/time.ts';
import { bulkBar } from './pool-bulk.ts';
import type { Asked, PoolAsk } from './pool-ask.ts';
import type { FilterChoices } from './pool-filter.ts';
import { bulkOf, isPicked, noPicks, ranged, toggled, type BulkSet, type Picks } from './pool-picks.ts';
import type { PoolRows } from './pool-rows.ts';
import type { PoolRun } from './pool-run.ts';

/** What of the pool is chosen, and what is done to all of it. What does it is fetched with the first change. */
export class PoolChosen {
  private picks: Picks = noPicks;
  private readonly menus;
  private asking?: PoolAsk;
  private run?: PoolRun;

  /** @param filter what the pool looks at now @param total how many meet that, where it is known */
  constructor(
    private readonly host: StoreElement,
    private readonly rows: PoolRows,
    private readonly words: FilterChoices['words'],
    private readonly filter: () => PoolFilter,
    private readonly total: () => number | undefined,
  ) {
    this.menus = { mode: new Menu(host), assign: new Menu(host), department: new Menu(host), more: new Menu(host) };
  }

  get any(): boolean {
    return this.picks.everything || this.picks.ids.size > 0;
  }

  has(id: string): boolean {
    return isPicked(this.picks, id);
  }

  /** Nothing is chosen any more. */
  clear(): void {
    this.put(noPicks);
  }

  toggle(id: string, range: boolean): void {
    this.put(toggled(this.picks, this.rows.shown, id, range));
  }

  /** Does what a key means for the choice: those of the table, Space, Escape. True where it means anything. */
  handle(event: KeyboardEvent, key: string, id: string | undefined): boolean {
    const { chosenKeys } = this.host;
    const picks = keysOf(event).replace('shift+', '') === keysFor(chosenKeys, 'pick');
    if (actionOf(event, chosenKeys, ['selectAll'])) this.put({ ids: new Set(this.rows.shown), everything: false });
    else if (event.ctrlKey || event.metaKey) return false;
    else if ((picks || key === ' ') && id) this.toggle(id, event.shiftKey);
    else if (key === 'escape' && this.any) this.clear();
    else return false;
    return true;
  }

  /** With Shift, the choice goes along from where it began to the row that has the focus now. */
  extend(from: string, to: string): void {
    this.put(ranged(this.picks, this.rows.shown, from, to));
  }

  /** The bar, and how far a change is. */
  bar({ words, me, agents, operators, departments }: FilterChoices): TemplateResult | typeof nothing {
    const {
      picks,
      rows: { shown },
      total,
      menus,
      host,
    } = this;
    return html`${
      this.any
        ? bulkBar({
            words,
            picks,
            shown: shown.length,
            total: total() ?? 0,
            me,
            agents,
            operators,
            departments,
            menus,
            host,
            set: (change) => void this.change(change),
            ask: (what) => void this.ask(what),
            pickShown: (on) => this.put(on ? { ids: new Set(shown), everything: false } : noPicks),
            pickEverything: () => this.put({ ids: new Set(shown), everything: true }),
          })
        : nothing
    }${this.run?.render() ?? nothing}`;
  }

  /** What stands last: a dialog, and how many are chosen for those who listen. */
  end(): TemplateResult {
    const n = this.picks.everything ? (this.total() ?? this.picks.ids.size) : this.picks.ids.size;
    const { t, tag } = this.words;
    return html`${this.asking?.render() ?? nothing}<span class="sr" role="status">${this.any ? t.pool.bulk.selected(n, number(tag, n)) : ''}</span>`;
  }

  private put(picks: Picks): void {
    this.picks = picks;
    this.host.requestUpdate();
  }

  private async ask(what: Asked): Promise<void> {
    this.asking ??= new (await import('./pool-ask.ts')).PoolAsk(this.host, this.words);
    const { picks, rows } = this;
    const state = this.host.store?.get();
    const loaded = rows.shown.flatMap((id) => (this.has(id) && state ? (conversationOf(state, id) ?? []) : []));
    this.asking.ask(what, { loaded, total: picks.everything ? (this.total() ?? loaded.length) : picks.ids.size }, (set) => void this.change(set));
  }

  private async change(set: BulkSet): Promise<void> {
    const body = bulkOf(this.picks, this.filter(), set);
    this.clear();
    this.run ??= new (await import('./pool-run.ts')).PoolRun(this.host, this.words);
    await this.run.change(body);
    this.rows.release();
  }
}
