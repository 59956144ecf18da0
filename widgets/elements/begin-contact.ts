import { html, type nothing, type TemplateResult } from 'lit';
import type { StoreElement } from '../store/element.ts';
import { icon } from '../ui/icon.ts';
import { plus, view } from '../ui/icons.ts';
import type { PoolWords } from './pool-row.ts';

/** What leads on from a contact: a new conversation with them, all that there are, and what else stands beside. */
export function contactActs(host: StoreElement, { t }: PoolWords, contactId: string, data: TemplateResult | typeof nothing): TemplateResult {
  const begin = async (): Promise<void> => (await import('./begin-dialog.ts')).beginConversation(host, contactId);
  const all = (): boolean =>
    host.dispatchEvent(new CustomEvent('conv-filter', { detail: { filter: { contactId, status: 'any' } }, bubbles: true, composed: true }));
  return html`<section class="sec contact-acts" aria-label=${t.details.contact}><button type="button" class="btn sm" @click=${() => void begin()}>${icon(plus)}<span class="cut">${t.pool.begin}</span></button><button
    type="button" class="btn sm" @click=${all}>${icon(view)}<span class="cut">${t.pool.allOfContact}</span></button>${data}</section>`;
}
