import { html, nothing, type TemplateResult } from 'lit';
import type { PoolFilter } from '../store/filter.ts';
import type { StoreElement } from '../store/element.ts';
import { Menu } from '../ui/menu.ts';
import { actionOf, keysFor, keysOf } from '../ui/shortcuts.ts';
import { number } from '../ui/time.ts';
import { bulkBar } from './pool-bulk.ts';
import type { FilterChoices } from './pool-filter.ts';
import { bulkOf, isPicked, noPicks, ranged, toggled, type BulkSet, type Picks } from './pool-picks.ts';
import type { PoolRows } from './pool-rows.ts';
import type { PoolRun } from './pool-run.ts';
import type { SnoozeDialog } from './snooze-dialog.ts';

/** What of the pool is chosen, and what is done to all of it. What does it is fetched with the first change. */
export class PoolChosen {
  private picks: Picks = noPicks;
  private readonly menus;
  private later?: SnoozeDialog;
  private run?: PoolRun;

  /** @param filter what the pool looks at now @param total how many meet that, where it is known */
  constructor(
    private readonly host: StoreElement,
    private readonly rows: PoolRows,
    private readonly words: FilterChoices['words'],
    private readonly filter: () => PoolFilter,
    private readonly total: () => number | undefined,
  ) {
    this.menus = { mode: new Menu(host), assign: new Menu(host), department: new Menu(host), tag: new Menu(host), more: new Menu(host) };
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
  bar({ words, me, agents, operators, departments, tags }: FilterChoices): TemplateResult | typeof nothing {
    const { picks, rows: { shown }, total, menus, host } = this;
    return html`${
      this.any
        ? bulkBar({
            words, picks, shown: shown.length, total: total() ?? 0, me, agents, operators, departments, tags, menus, host,
            set: (change) => void this.change(change),
            snooze: () => void this.snooze(),
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
    return html`${this.later?.render() ?? nothing}<span class="sr" role="status">${this.any ? t.pool.bulk.selected(n, number(tag, n)) : ''}</span>`;
  }

  private put(picks: Picks): void {
    this.picks = picks;
    this.host.requestUpdate();
  }

  private async snooze(): Promise<void> {
    this.later ??= new (await import('./snooze-dialog.ts')).SnoozeDialog(this.host);
    this.later.ask(async (snoozedUntil) => {
      void this.change({ snoozedUntil });
      return true;
    });
  }

  private async change(set: BulkSet): Promise<void> {
    const body = bulkOf(this.picks, this.filter(), set);
    this.clear();
    this.run ??= new (await import('./pool-run.ts')).PoolRun(this.host, this.words);
    await this.run.change(body);
    this.rows.release();
  }
}
