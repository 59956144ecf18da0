import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from '../ui/repeat.ts';
import { icon } from '../ui/icon.ts';
import { up } from '../ui/icons.ts';
import { down } from '../ui/rows.ts';
import { number } from '../ui/time.ts';
import { vars } from '../ui/vars.ts';
import { called } from './called.ts';
import { rowFace, rowLines, type Row, type RowLook } from './pool-row.ts';
import type { PoolRows } from './pool-rows.ts';
import { linkTo } from './thread-link.ts';

/** How the list stands, and what is done to a row of it. */
export interface ListOf {
  /** The row that Tab leads to. */
  readonly entry: string | undefined;
  /** How many rows there are; -1 where nobody knows yet. */
  readonly size: number;
  /** The conversation that is open beside it. */
  readonly selected: string | undefined;
  /** Some are chosen. */
  readonly picking: boolean;
  readonly look: RowLook;
  /** What stands below the rows. */
  readonly rest: TemplateResult | typeof nothing;
  picked(id: string): boolean;
  /** Chooses one, or all up to it. */
  pick(id: string, through: boolean): void;
  open(event: MouseEvent, id: string): void;
  key(event: KeyboardEvent): void;
}

/** The scrolling list: the rows in sight, each where it belongs. */
export function poolList(rows: PoolRows, drawn: readonly (Row | undefined)[], list: ListOf): TemplateResult {
  const { t, tag } = list.look.words;
  return html`${
    rows.news > 0
      ? html`<div class="pill-place"><button type="button" class="pill-new" @click=${() => rows.release()}>${icon(up, 'sm')}${t.pool.newOnes(rows.news, number(tag, rows.news))}</button></div>`
      : nothing
  }<div class="rows ${list.picking ? 'is-picking' : ''}" part="rows" ${rows.window.scroller()} @pointerenter=${rows.handleEnter} @pointerleave=${rows.handleLeave} @focusin=${rows.handleFocusIn}
      @focusout=${rows.handleFocusOut} @scroll=${rows.handleScroll} @keydown=${list.key}><ul class="rows-in" aria-label=${t.pool.list} ${vars({ 'block-size': down(rows.shown.length) })}>${repeat(
        rows.indices(),
        (at) => rows.shown[at],
        (at, place) => item(at, drawn[place], rows.shown[at] === list.entry, list),
      )}</ul>${list.rest}</div>`;
}

function item(at: number, row: Row | undefined, entry: boolean, list: ListOf): TemplateResult | typeof nothing {
  if (!row) return nothing;
  const { conversation } = row;
  const { id } = conversation;
  const { look, size } = list;
  const { words } = look;
  const selected = id === list.selected;
  const picked = list.picked(id);
  return html`<li class="row ${selected ? 'is-selected' : ''} ${row.unread > 0 ? 'is-unread' : ''} ${picked ? 'is-picked' : ''}" aria-setsize=${size} aria-posinset=${at + 1} ${vars({ 'inset-block-start': down(at) })}>
      <label class="row-pick"><input type="checkbox" class="box" tabindex="-1" .checked=${picked} @click=${(event: MouseEvent) => list.pick(id, event.shiftKey)}><span class="sr">${words.t.pool.select(called(conversation.contact, words))}</span>${rowFace(conversation)}</label>
      <a class="row-link" data-id=${id} href=${linkTo(id, location.href)} tabindex=${entry ? 0 : -1} aria-current=${selected ? 'true' : nothing} @click=${(event: MouseEvent) => list.open(event, id)}>${rowLines(row, look)}</a></li>`;
}
