import { html, nothing, type TemplateResult } from 'lit';
import type { ContactRef, SharedConversation } from '../../server/contract/conversation.ts';
import type { Message } from '../../server/contract/message.ts';
import type { operator } from '../locales/en/operator.ts';
import type { Unsent } from '../store/state.ts';
import { icon } from '../ui/icon.ts';
import { info } from '../ui/icons.ts';
import { apart, sentence } from '../ui/sentence.ts';
import type { Spoken } from '../ui/words.ts';
import { called } from './called.ts';
import { glimpse } from './composer-newer.ts';
import { told } from '../ui/told.ts';

/** What stands in the way of a reply that somebody wrote. */
export type Trouble =
  | { readonly kind: 'none' }
  | { readonly kind: 'newer'; readonly contact: ContactRef | undefined; readonly messages: readonly Message[] }
  | { readonly kind: 'agent'; readonly name: string }
  | { readonly kind: 'refused'; readonly code: string; readonly detail: string };

/**
 * What stands in the way of a reply: something newer, once somebody pressed send or the server refused it for that; an agent
 * that is in control again; any other refusal. `last` gives the newest message where it is not known what is newer.
 */
export function troubleOf(
  conversation: SharedConversation | undefined,
  { refusal }: Unsent,
  newer: readonly Message[],
  warned: boolean,
  last: () => readonly Message[],
): Trouble {
  if ((warned && newer.length > 0) || refusal?.code === 'newer_message') {
    return { kind: 'newer', contact: conversation?.contact, messages: newer.length > 0 ? newer : last() };
  }
  if (refusal?.code === 'agent_in_control') return { kind: 'agent', name: conversation?.agent?.name ?? '' };
  return refusal ? { kind: 'refused', ...refusal } : { kind: 'none' };
}

/** Says why a reply did not go out; the text below it stays as it is. */
export function warning(trouble: Trouble, words: Spoken<typeof operator>, read: () => void): TemplateResult | typeof nothing {
  const { composer } = words.t.thread;
  if (trouble.kind === 'none') return nothing;
  if (trouble.kind === 'newer') {
    const last = trouble.messages.at(-1);
    const who = apart(last?.author.name || called(trouble.contact, words));
    return html`<div class="composer-warn" role="alert">${icon(info)}<span class="cut"><b>${sentence(
      trouble.messages.length > 1 ? composer.newerMany(who, trouble.messages.length) : composer.newer(who),
    )}</b>${last ? html` <bdi>${words.t.shared.quoted(glimpse(last))}</bdi>` : nothing}</span><button type="button" class="btn sm" @click=${read}>${composer.readIt}</button></div>`;
  }
  const [what, more] = trouble.kind === 'agent' ? [composer.agentTookOver(apart(trouble.name)), composer.kept] : [composer.refused, told(trouble, words)];
  return html`<div class="composer-warn" role="alert">${icon(info)}<span><b>${sentence(what)}</b> <bdi>${more}</bdi></span></div>`;
}
