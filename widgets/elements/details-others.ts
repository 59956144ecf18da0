import { html, nothing, type TemplateResult } from 'lit';
import type { SharedConversation } from '../../server/contract/conversation.ts';
import type { contact as contactWords } from '../locales/en/contact.ts';
import type { ContactDesk } from '../store/contact-desk.ts';
import type { StoreElement } from '../store/element.ts';
import { icon } from '../ui/icon.ts';
import { fullTime, sameDay, shortDate, timeOfDay } from '../ui/time.ts';
import type { Spoken } from '../ui/words.ts';
import { glyphOf, type PoolWords } from './pool-row.ts';

/** As many are listed; the pool shows the others. */
const most = 5;

/** The contact's other conversations, the newest first; one is opened by a press. */
export function othersSection(
  host: StoreElement,
  words: PoolWords,
  texts: Spoken<typeof contactWords>,
  { others }: ContactDesk,
  now: number,
  again: () => void,
): TemplateResult {
  const { t } = texts;
  const known = host.store?.get().conversations;
  const shown = others.items.map((one) => known?.get(one.id) ?? one).slice(0, most);
  return html`<section class="sec" aria-label=${t.others}><header><h3>${t.others}</h3></header>${shown.length > 0 ? html`<ul class="others">${shown.map((one) => row(host, words, one, now))}</ul>` : nothing}${
    others.problem
      ? html`<p class="dim" role="alert">${t.othersFailed} <button type="button" class="linkish" @click=${again}>${words.t.common.retry}</button></p>`
      : others.loaded
        ? shown.length === 0
          ? html`<p class="dim">${t.othersNone}</p>`
          : nothing
        : html`<p class="dim" role="status">${t.loading}</p>`
  }</section>`;
}

function row(host: StoreElement, { t, tag }: PoolWords, one: SharedConversation, now: number): TemplateResult {
  const open = (): boolean => host.dispatchEvent(new CustomEvent('conv-open', { detail: { conversationId: one.id }, bubbles: true, composed: true }));
  const at = one.lastActivityAt;
  return html`<li>${icon(glyphOf(one.channel))}<button type="button" class="linkish other" @click=${open}><bdi>${one.subject || one.lastMessage?.snippet || t.pool.statusName[one.status]}</bdi></button><span class="dim">${
    one.status === 'open'
      ? html`<time datetime=${at} title=${fullTime(tag, at)}>${sameDay(at, now) ? timeOfDay(tag, at) : shortDate(tag, at, now)}</time>`
      : t.pool.statusName[one.status]
  }</span></li>`;
}
