import { ContextConsumer } from '@lit/context';
import { html, nothing, type ReactiveController, type TemplateResult } from 'lit';
import type { Message } from '../../server/contract/message.ts';
import type { Original } from '../../server/contract/translate.ts';
import { translateTexts } from '../locales/translate.ts';
import { sessionContext } from '../store/session.ts';
import type { Store } from '../store/store.ts';
import { translationsOf } from '../store/translate.ts';
import { announce } from '../ui/announce.ts';
import type { ConvElement } from '../ui/base.ts';
import { icon } from '../ui/icon.ts';
import { translate } from '../ui/icons.ts';
import { languageName, sameLanguage } from '../ui/languages.ts';
import { words } from '../ui/words.ts';

/** A text on its way to a customer. */
export interface OutgoingText {
  /** Names it: what is underway for another one is none of this. */
  readonly of: string;
  readonly conversationId: string;
  readonly text: string;
  /** What the customer speaks, as a tag; undefined where that is not known. */
  readonly spoken: string | undefined;
  /** What it was translated from. */
  readonly original: Original | undefined;
  /** Puts another text in its place, at the asking of who writes it. */
  put(text: string, original: Original | undefined): void;
}

/** What a customer speaks: as they last wrote, else as their record says. */
export function spokenBy(items: readonly Message[], contact: { readonly language: string | null } | undefined): string | undefined {
  return items.findLast(({ direction, language }) => direction === 'inbound' && language)?.language ?? contact?.language ?? undefined;
}

/** Offers to put what is about to be sent into the customer's language; nothing is sent in other words than those that stand there. */
export class Outgoing implements ReactiveController {
  private readonly texts;
  private store?: Store;
  private unfollow?: () => void;
  private busy?: string;
  /** Why nothing was translated, and of which text. */
  private trouble?: { readonly of: string; readonly why: 'none' | 'failed' | 'wentOn' };

  constructor(
    private readonly host: ConvElement,
    private readonly now: () => OutgoingText | undefined,
  ) {
    this.texts = words(host, translateTexts);
    host.addController(new ContextConsumer(host, { context: sessionContext, subscribe: true, callback: (session) => this.follow(session?.store) }));
    host.addController(this);
  }

  hostDisconnected(): void {
    this.follow(undefined);
  }

  /** The button, where the customer speaks another language; pressed while a translation stands there. */
  button(): TemplateResult | typeof nothing {
    const text = this.now();
    const { t, tag } = this.texts;
    const to = text?.original?.to ?? text?.spoken;
    if (!text || !this.store || !to || (!text.original && sameLanguage(to, this.own))) return nothing;
    const label = t.before(languageName(tag, to));
    return html`<button type="button" class="btn ghost icon ${text.original ? 'is-on' : ''}" aria-label=${label} title=${label} aria-pressed=${text.original ? 'true' : 'false'}
      ?disabled=${!text.original && (text.text.trim() === '' || this.busy === text.of)} @click=${this.press}>${icon(translate)}</button>`;
  }

  /** What is to be known of it: that it is underway, that it goes out in other words, or why not. */
  line(): TemplateResult | typeof nothing {
    const text = this.now();
    const { t, tag } = this.texts;
    if (!text) return nothing;
    if (text.original) {
      return html`<div class="outgoing" role="status">${icon(translate, 'sm')}<span><b>${t.goesOut(languageName(tag, text.original.to))}</b> ${t.kept}</span><button type="button" class="linkish" @click=${this.press}>${t.back}</button><p class="was" dir="auto">${text.original.text}</p></div>`;
    }
    if (this.busy === text.of) return html`<div class="outgoing" role="status">${icon(translate, 'sm')}<span>${t.busy}</span></div>`;
    if (this.trouble?.of !== text.of) return nothing;
    return html`<div class="outgoing" role="alert">${icon(translate, 'sm')}<span>${t[this.trouble.why]}</span>${this.trouble.why === 'failed' ? html`<button type="button" class="linkish" @click=${this.press}>${t.retry}</button>` : nothing}</div>`;
  }

  private get own(): string {
    return this.store?.get().me?.language ?? this.texts.tag;
  }

  private readonly press = async (): Promise<void> => {
    const { store } = this;
    const before = this.now();
    if (!before || !store || this.busy === before.of) return;
    this.trouble = undefined;
    if (before.original) {
      before.put(before.original.text, undefined);
      this.host.requestUpdate();
      return;
    }
    const { of, spoken: to, text } = before;
    if (!to) return;
    this.busy = of;
    this.host.requestUpdate();
    const answer = await translationsOf(store.core).text(before.conversationId, text, this.own, to);
    if (this.busy === of) this.busy = undefined;
    const after = this.now();
    if (after?.of === of) {
      const why = !answer ? 'none' : !answer.ok ? 'failed' : after.text !== text ? 'wentOn' : undefined;
      if (why) this.trouble = { of, why };
      else if (answer?.ok) {
        after.put(answer.value.text, { text, from: answer.value.from ?? null, to });
        announce(this.host, this.texts.t.goesOut(languageName(this.texts.tag, to)));
      }
    }
    this.host.requestUpdate();
  };

  private follow(store: Store | undefined): void {
    if (store === this.store) return;
    this.unfollow?.();
    this.store = store;
    let language = store?.get().me?.language;
    this.unfollow = store?.subscribe(() => {
      const now = store.get().me?.language;
      if (now !== language) this.host.requestUpdate();
      language = now;
    });
    this.host.requestUpdate();
  }
}
