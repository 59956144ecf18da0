import { html, nothing, type TemplateResult } from 'lit';
import type { SavedView } from '../../server/contract/settings.ts';
import type { StoreElement } from '../store/element.ts';
import { keyOf, type PoolFilter } from '../store/filter.ts';
import { icon } from '../ui/icon.ts';
import { info, x } from '../ui/icons.ts';
import { inOrder } from './pool-kept.ts';
import type { Found } from './pool-picks.ts';
import type { PoolWords } from './pool-row.ts';
import { countFilterOf, filterOf, lookOf, type Look } from './pool-view.ts';
import type { PoolViews } from './pool-views.ts';

/** The saved views of a pool: which there are, which one is open, how many each shows. What changes them is fetched then. */
export class SavedViews {
  private editing?: PoolViews;

  constructor(
    private readonly host: StoreElement,
    private readonly words: PoolWords,
    private readonly look: () => Look,
    private readonly choose: (look: Look) => void,
  ) {}

  /** In the reader's order. */
  get all(): readonly SavedView[] {
    const state = this.host.store?.get();
    return inOrder(state?.lists.views?.items ?? [], state?.me?.viewOrder);
  }

  /** What is to be counted for them. */
  get counted(): readonly PoolFilter[] {
    return this.all.map(({ filter }) => lookOf(filter)).flatMap((look) => (look.q ? [] : [countFilterOf(look)]));
  }

  /** How many conversations one shows, where they were counted. */
  readonly totalOf = ({ filter }: SavedView): number | undefined => this.found(lookOf(filter))?.n;

  /** The same of any look. What is searched for is counted only where it is asked for. */
  found(look: Look): Found | undefined {
    const counts = this.host.store?.get().counts[keyOf(look.q ? filterOf(look) : countFilterOf(look))];
    return counts && { n: look.channel ? (counts.channels[look.channel]?.total ?? 0) : counts.all.total, more: !!counts.atLeast };
  }

  /** True where what is looked at is no view as it was saved. */
  get changed(): boolean {
    const { open } = this;
    return !open || keyOf(filterOf(lookOf(open.filter))) !== keyOf(filterOf(this.look()));
  }

  /** Has the view that is open show what is looked at; undefined where it does, or where that is not this operator's to say. */
  get update(): (() => void) | undefined {
    const { open } = this;
    if (!open || !this.changed || (open.shared && this.host.store?.get().me?.role !== 'admin')) return undefined;
    return () => void this.edit().then((edit) => edit.update(open, this.look()));
  }

  readonly save = (): void => void this.edit().then((edit) => edit.save(this.look()));
  readonly arrange = (): void => void this.edit().then((edit) => edit.arrange());

  render(): TemplateResult | typeof nothing {
    return this.editing?.render() ?? nothing;
  }

  /** That a link led to a view that is not there for this operator. */
  notice(): TemplateResult | typeof nothing {
    const look = this.look();
    if (!look.saved || this.open || !this.host.store?.get().lists.views?.loaded) return nothing;
    const { t } = this.words;
    return html`<div class="notice" role="status">${icon(info)}<span>${t.pool.viewGone} ${t.pool.viewGoneText}</span><button type="button" class="btn ghost icon push" aria-label=${t.common.dismiss} @click=${() => this.choose({ ...look, saved: undefined })}>${icon(x)}</button></div>`;
  }

  private get open(): SavedView | undefined {
    const { saved } = this.look();
    return this.host.store?.get().lists.views?.items.find(({ id }) => id === saved);
  }

  private async edit(): Promise<PoolViews> {
    const { PoolViews } = await import('./pool-views.ts');
    this.editing ??= new PoolViews(this.host, this.words, (saved) =>
      this.choose({ ...this.look(), saved: saved ?? (this.open ? this.look().saved : undefined) }),
    );
    return this.editing;
  }
}
