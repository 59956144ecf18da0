import { html, nothing, type TemplateResult } from 'lit';
import type { SharedConversation } from '../../server/contract/conversation.ts';
import type { PoolFilter } from '../store/filter.ts';
import type { StoreElement } from '../store/element.ts';
import { conversationOf } from '../store/select.ts';
import { actionOf, keysFor, keysOf } from '../ui/shortcuts.ts';
import type { Asked, PoolAsk } from './pool-ask.ts';
import type { BulkLine, PoolBulk } from './pool-bulk.ts';
import type { FilterChoices } from './pool-filter.ts';
import { bulkOf, covered, isPicked, noPicks, ranged, toggled, type BulkSet, type Found, type Picks } from './pool-picks.ts';
import type { PoolRows } from './pool-rows.ts';
import type { PoolRun } from './pool-run.ts';

/** What of the pool is chosen, and what is done to all of it. What offers that is fetched with the first choice, what does it with the first change. */
export class PoolChosen {
  private picks: Picks = noPicks;
  private bulk?: PoolBulk;
  private asking?: PoolAsk;
  private run?: PoolRun;

  /** @param filter what the pool looks at now @param found how many meet that, where it is known */
  constructor(
    private readonly host: StoreElement,
    private readonly rows: PoolRows,
    private readonly words: FilterChoices['words'],
    private readonly filter: () => PoolFilter,
    private readonly found: () => Found | undefined,
  ) {}

  get any(): boolean {
    return this.picks.everything || this.picks.ids.size > 0;
  }

  /** All that are shown are chosen: it is of interest how many more there are. */
  get all(): boolean {
    return this.picks.everything || (this.any && this.picks.ids.size >= this.rows.shown.length);
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

  /** Does what a key means for the choice: those of the table, also for what is done to all of it, Space, Escape. True where it means anything. */
  handle(event: KeyboardEvent, key: string, id: string | undefined): boolean {
    const { chosenKeys } = this.host;
    if (this.any && this.bulk?.handle(event)) return true;
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
    } = this;
    return html`${
      this.any && this.bulk
        ? this.bulk.render({
            words,
            picks,
            shown: shown.length,
            found: this.found(),
            me,
            agents,
            operators,
            departments,
            set: (change) => void this.change(change),
            ask: (what) => void this.ask(what),
            pickShown: (on) => this.put(on ? { ids: new Set(shown), everything: false } : noPicks),
            pickEverything: () => this.put({ ids: new Set(shown), everything: true }),
            loaded: () => this.loaded(),
          })
        : nothing
    }${this.run?.render() ?? nothing}`;
  }

  /** What can be done to all that are chosen; nothing while none is. */
  get lines(): readonly BulkLine[] {
    return (this.any && this.bulk?.all) || [];
  }

  /** What stands last: a dialog, and how many are chosen for those who listen. */
  end(): TemplateResult {
    const { t, tag } = this.words;
    const { n, shown } = covered(this.picks, this.found(), tag);
    return html`${this.asking?.render() ?? nothing}<span class="sr" role="status">${this.any ? t.pool.bulk.selected(n, shown) : ''}</span>`;
  }

  private put(picks: Picks): void {
    // The bar goes with the last one: a focus in it goes back to the list.
    const back = this.any && this.host.renderRoot.querySelector('.bulk:focus-within') !== null;
    this.picks = picks;
    this.host.requestUpdate();
    if (!this.any && back) this.host.focus();
    if (this.any && !this.bulk) void this.bring();
  }

  private async bring(): Promise<void> {
    const { PoolBulk } = await import('./pool-bulk.ts');
    this.bulk ??= new PoolBulk(this.host);
    this.host.requestUpdate();
  }

  /** Those of the chosen that are loaded. */
  private loaded(): readonly SharedConversation[] {
    const state = this.host.store?.get();
    return this.rows.shown.flatMap((id) => (this.has(id) && state ? (conversationOf(state, id) ?? []) : []));
  }

  private async ask(what: Asked): Promise<void> {
    this.asking ??= new (await import('./pool-ask.ts')).PoolAsk(this.host, this.words);
    this.asking.ask(what, { loaded: this.loaded(), total: covered(this.picks, this.found(), this.words.tag).n }, (set) => void this.change(set));
  }

  private async change(set: BulkSet): Promise<void> {
    const body = bulkOf(this.picks, this.filter(), set);
    this.clear();
    this.run ??= new (await import('./pool-run.ts')).PoolRun(this.host, this.words);
    await this.run.change(body);
    this.rows.release();
  }
}
