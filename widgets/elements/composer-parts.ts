import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { SharedConversation } from '../../server/contract/conversation.ts';
import type { operator } from '../locales/en/operator.ts';
import type { Typist, Unsent } from '../store/state.ts';
import { face } from '../ui/people.ts';
import { apart, sentence } from '../ui/sentence.ts';
import type { Spoken } from '../ui/words.ts';

/** Said above the composer, before two people answer at once. */
export function others(writers: readonly Typist[], unsent: Unsent, { t }: Spoken<typeof operator>): TemplateResult | typeof nothing {
  const [first] = writers;
  if (!first) return nothing;
  const { composer } = t.thread;
  return html`<p class="above-composer" role="status">${face(first, 18)}<span><b>${sentence(composer.writing(apart(first.name)))}</b> ${unsent.reply ? composer.writingBoth : ''}</span></p>`;
}

/** The subject of an email; that of the conversation where none is typed. */
export function subjectLine(conversation: SharedConversation | undefined, unsent: Unsent, { t }: Spoken<typeof operator>, change: (subject: string) => void): TemplateResult {
  return html`<div class="composer-line"><label for="subject">${t.thread.subject}</label><input id="subject" dir="auto" maxlength="2000" .value=${live(unsent.subject ?? '')}
    placeholder=${conversation?.subject ?? ''} @input=${(event: InputEvent) => change((event.target as HTMLInputElement).value)}></div>`;
}
