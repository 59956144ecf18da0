/** Putting what has an order into another one: by dragging, by buttons, by Alt and the arrows; told to a screen reader. */
import { html, nothing, type TemplateResult } from 'lit';
import { listPaths, type ListName } from '../store/lists.ts';
import { announce } from '../ui/announce.ts';
import { icon } from '../ui/icon.ts';
import { down, drag } from '../ui/icons.ts';
import { number } from '../ui/time.ts';
import { toast } from '../ui/toast.ts';
import type { RuleWords } from './settings-editing.ts';
import type { SettingsHost } from './settings-sections.ts';

type Placed = { readonly id: string; readonly position: number };
export type OrderedList = Extract<ListName, 'routingRules' | 'triggers' | 'routes' | 'intents'>;

export class Ordering {
  /** The order that was asked for, until the list has it. */
  private order?: readonly string[];
  private dragged?: string;
  private over?: string;

  constructor(
    private readonly host: SettingsHost,
    private readonly words: RuleWords,
    private readonly list: OrderedList,
  ) {}

  /** Items in their order. */
  of<T extends Placed>(items: readonly T[]): readonly T[] {
    const { order } = this;
    const place = (id: string): number => (order?.includes(id) ? order.indexOf(id) : items.length);
    const byPlace = items.toSorted((one, other) => one.position - other.position || (one.id < other.id ? -1 : 1));
    return order ? byPlace.toSorted((one, other) => place(one.id) - place(other.id)) : byPlace;
  }

  /**
   * A row that can be moved.
   * @param show opens the item
   * @param row what stands in it: its name, a line under it, and what else can be done at its end
   */
  row(
    { id }: Placed,
    at: number,
    count: number,
    row: { readonly title: string; readonly name: unknown; readonly facts: unknown; readonly off: boolean; readonly acts: unknown },
    show: () => void,
  ): TemplateResult {
    const { t, tag } = this.words;
    const { title, name, facts, off, acts } = row;
    return html`<li class="${off ? 'is-off' : ''} ${this.dragged === id ? 'is-dragged' : ''} ${this.over === id ? 'is-over' : ''}" @dragover=${(event: DragEvent) => this.handleOver(event, id)} @drop=${(event: DragEvent) => this.handleDrop(event, id)}>
      <span class="handle writes" draggable="true" title=${t.routing.drag} @dragstart=${(event: DragEvent) => this.handleDrag(event, id)} @dragend=${this.handleDragEnd}>${icon(drag)}</span>
      <div><button type="button" class="account-name" data-id=${id} aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown" @keydown=${(event: KeyboardEvent) => this.handleKey(event, id)} @click=${show}><span class="sr">${number(tag, at + 1)}. </span>${name}</button>
        ${facts === nothing ? nothing : html`<small>${facts}</small>`}</div>
      <span class="acts"><button type="button" class="btn ghost icon turned writes" aria-label=${t.routing.moveUp(title)} ?disabled=${at === 0} @click=${() => void this.move(id, -1)}>${icon(down)}</button><button type="button" class="btn ghost icon writes" aria-label=${t.routing.moveDown(title)}
          ?disabled=${at === count - 1} @click=${() => void this.move(id, 1)}>${icon(down)}</button>${acts}</span></li>`;
  }

  private async move(id: string, by: number, to?: string): Promise<void> {
    const { store } = this.host;
    const { t, tag } = this.words;
    const listing = store?.get().lists[this.list];
    if (!store || !listing || !this.host.mayEdit) return;
    const ids = this.of(listing.items as readonly Placed[]).map((one) => one.id);
    const from = ids.indexOf(id);
    const at = to === undefined ? from + by : ids.indexOf(to);
    if (at < 0 || at >= ids.length || at === from) return;
    const next = ids.toSpliced(from, 1).toSpliced(at, 0, id);
    this.order = next;
    this.host.requestUpdate();
    announce(this.host, t.routing.moved(number(tag, at + 1), number(tag, ids.length)));
    const { core, settings } = store;
    const headers = { 'content-type': 'application/json' };
    const answer = await core.tell(() =>
      core.client.request(`${listPaths[this.list].path}/order`, { method: 'POST', headers, body: JSON.stringify({ ids: next }) }),
    );
    if (!answer.ok) toast(this.host, { text: t.failed, dismiss: t.common.dismiss });
    await settings.readList(this.list);
    if (this.order === next) this.order = undefined;
    this.host.requestUpdate();
  }

  private handleKey(event: KeyboardEvent, id: string): void {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    void this.move(id, event.key === 'ArrowUp' ? -1 : 1);
    void this.host.updateComplete.then(() => this.host.renderRoot.querySelector<HTMLElement>(`[data-id="${id}"]`)?.focus());
  }

  private handleDrag(event: DragEvent, id: string): void {
    this.dragged = id;
    event.dataTransfer?.setData('text/plain', id);
    this.host.requestUpdate();
  }

  private handleOver(event: DragEvent, id: string): void {
    if (!this.dragged) return;
    event.preventDefault();
    if (this.over === id) return;
    this.over = id;
    this.host.requestUpdate();
  }

  private handleDrop(event: DragEvent, id: string): void {
    const { dragged } = this;
    if (!dragged) return;
    event.preventDefault();
    this.handleDragEnd();
    void this.move(dragged, 0, id);
  }

  private readonly handleDragEnd = (): void => {
    this.dragged = undefined;
    this.over = undefined;
    this.host.requestUpdate();
  };
}
