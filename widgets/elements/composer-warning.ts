import { html, nothing, type TemplateResult } from 'lit';
import type { Message } from '../../server/contract/message.ts';
import type { operator } from '../locales/en/operator.ts';
import { icon } from '../ui/icon.ts';
import { info } from '../ui/icons.ts';
import type { Spoken } from '../ui/words.ts';
import { glimpse } from './composer-newer.ts';

/** What stands in the way of a reply that somebody wrote. */
export type Trouble =
  | { readonly kind: 'none' }
  | { readonly kind: 'newer'; readonly name: string; readonly messages: readonly Message[] }
  | { readonly kind: 'agent'; readonly name: string }
  | { readonly kind: 'refused'; readonly detail: string };

/** Says why a reply did not go out; the text below it stays as it is. */
export function warning(trouble: Trouble, { t }: Spoken<typeof operator>, read: () => void): TemplateResult | typeof nothing {
  const { composer } = t.thread;
  if (trouble.kind === 'none') return nothing;
  if (trouble.kind === 'newer') {
    const last = trouble.messages.at(-1);
    const who = last?.author.name ?? trouble.name;
    return html`<div class="composer-warn" role="alert">${icon(info)}<span class="cut"><b><bdi>${
      trouble.messages.length > 1 ? composer.newerMany(who, trouble.messages.length) : composer.newer(who)
    }</bdi></b>${last ? html` <bdi>“${glimpse(last)}”</bdi>` : nothing}</span><button type="button" class="btn sm" @click=${read}>${composer.readIt}</button></div>`;
  }
  const [what, more] = trouble.kind === 'agent' ? [composer.agentTookOver(trouble.name), composer.kept] : [composer.refused, trouble.detail];
  return html`<div class="composer-warn" role="alert">${icon(info)}<span><b><bdi>${what}</bdi></b> <bdi>${more}</bdi></span></div>`;
}
