import { html, nothing, type TemplateResult } from 'lit';
import type { operator } from '../locales/en/operator.ts';
import type { StoreElement } from '../store/element.ts';
import { icon } from '../ui/icon.ts';
import { lock, offline } from '../ui/icons.ts';
import type { Spoken } from '../ui/words.ts';

/** Says that what is shown may be behind, and why; nothing while it is live. For hosts with the sheets of notices and buttons. */
export function connectionNotice(host: StoreElement, { t }: Spoken<typeof operator>): TemplateResult | typeof nothing {
  const again = (): void => host.reconnect();
  if (host.connection === 'offline') {
    return html`<div class="notice copper" role="status">${icon(offline)}<span><b>${t.provider.offline}</b> ${t.provider.offlineText}</span><button type="button" class="btn sm push" @click=${again}>${t.provider.tryNow}</button></div>`;
  }
  if (host.connection !== 'unauthorized') return nothing;
  return html`<div class="notice madder" role="alert">${icon(lock)}<span><b>${t.provider.unauthorized}</b> ${t.provider.unauthorizedText}</span><button type="button" class="btn sm push" @click=${again}>${t.provider.signIn}</button></div>`;
}
