import { html, nothing, type TemplateResult } from 'lit';
import type { SharedConversation } from '../../server/contract/conversation.ts';
import type { Draft } from '../../server/contract/draft.ts';
import { translateTexts } from '../locales/translate.ts';
import type { StoreElement } from '../store/element.ts';
import { threadOf } from '../store/select.ts';
import { translationsOf } from '../store/translate.ts';
import { icon } from '../ui/icon.ts';
import { translate } from '../ui/icons.ts';
import { languageName, sameLanguage } from '../ui/languages.ts';
import { words } from '../ui/words.ts';
import { paragraphs } from './thread-text.ts';
import { spokenBy } from './translate-outgoing.ts';

/** What became of a draft in the reader's language. */
type Read = 'busy' | 'none' | 'failed' | { readonly text: string; readonly from: string | null };

/** Shows below a draft what it says in the reader's own language: asked for, or by itself where the profile says so. What goes out stays as it is. */
export class DraftReading {
  private readonly texts;
  private readonly read = new Map<string, Read>();

  constructor(private readonly host: StoreElement) {
    this.texts = words(host, translateTexts);
  }

  /** What the customer of a conversation speaks. */
  spoken({ id, contact }: SharedConversation): string | undefined {
    const { store } = this.host;
    return store && spokenBy(threadOf(store.get(), id).items, contact);
  }

  render(draft: Draft, conversation: SharedConversation | undefined): TemplateResult | typeof nothing {
    const { t, tag } = this.texts;
    const spoken = conversation && this.spoken(conversation);
    const me = this.host.store?.get().me;
    const to = me?.language ?? tag;
    if (!spoken || !/\p{L}/u.test(draft.text) || sameLanguage(spoken, to)) return nothing;
    const key = `${draft.id} ${draft.version} ${to}`;
    const read = this.read.get(key);
    const act = (label: string): TemplateResult =>
      html`<button type="button" class="linkish" @click=${() => void this.ask(key, draft, spoken, to)}>${label}</button>`;
    if (read === undefined && me?.autoTranslate) queueMicrotask(() => void this.ask(key, draft, spoken, to));
    if (read === undefined) return html`<p class="translated">${icon(translate, 'xs')}${act(t.draft)}</p>`;
    if (typeof read === 'string')
      return html`<p class="translated" role="status">${icon(translate, 'xs')}<span>${t[read]} ${read === 'failed' ? act(t.retry) : nothing}</span></p>`;
    return html`<div class="draft-read" lang=${to}>${paragraphs(read.text)}<p class="translated">${icon(translate, 'xs')}<span>${read.from ? t.from(languageName(tag, read.from)) : t.translated}</span></p></div>`;
  }

  private async ask(key: string, { conversationId, text }: Draft, from: string, to: string): Promise<void> {
    const { store } = this.host;
    if (!store || this.read.get(key) === 'busy' || typeof this.read.get(key) === 'object') return;
    this.put(key, 'busy');
    const answer = await translationsOf(store.core).text(conversationId, text, from, to);
    this.put(key, !answer ? 'none' : answer.ok ? { text: answer.value.text, from: answer.value.from ?? null } : 'failed');
  }

  private put(key: string, read: Read): void {
    this.read.set(key, read);
    this.host.requestUpdate();
  }
}
