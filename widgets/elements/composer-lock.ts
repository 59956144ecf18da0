import { html, nothing, type TemplateResult } from 'lit';
import type { SharedConversation } from '../../server/contract/conversation.ts';
import type { operator } from '../locales/en/operator.ts';
import { ariaKeys, keyHint } from '../ui/keys.ts';
import { apart, sentence } from '../ui/sentence.ts';
import type { Spoken } from '../ui/words.ts';
import { calledShort } from './called.ts';

/** In place of the reply while an agent is in control: what it does, and the way to take over. */
export function lockBlock(
  { agent, contact, replyMode }: SharedConversation,
  words: Spoken<typeof operator>,
  reason: string,
  setReason: (reason: string) => void,
  assume: () => void,
  keys: string,
): TemplateResult {
  const { t } = words;
  const { composer, assumeConversation } = t.thread;
  const name = apart(agent?.name ?? t.thread.ai);
  const controlled = replyMode === 'controlled';
  return html`<div class="lock"><p><strong>${sentence(controlled ? composer.controlled(name) : composer.sends(name, apart(calledShort(contact, words))))}</strong>${
    controlled ? composer.controlledText : composer.sendsText
  }</p></div><div class="lock-reason"><input class="field" maxlength="1000" dir="auto" aria-label=${composer.reason} placeholder=${composer.reasonPlaceholder} .value=${reason}
      @input=${(event: InputEvent) => setReason((event.target as HTMLInputElement).value)} @keydown=${(event: KeyboardEvent) => {
        if (event.key !== 'Enter' || event.isComposing) return;
        event.preventDefault();
        event.stopPropagation();
        assume();
      }}><button type="button" class="btn primary lg" aria-keyshortcuts=${keys ? ariaKeys(keys) : nothing} @click=${assume}>${assumeConversation}${keys ? html` <kbd class="hide-narrow">${keyHint(keys)}</kbd>` : nothing}</button></div>`;
}
