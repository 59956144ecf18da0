import { ContextConsumer } from '@lit/context';
import type { ReactiveController } from 'lit';
import type { ContactRef } from '../../server/contract/conversation.ts';
import type { Message } from '../../server/contract/message.ts';
import type { Original } from '../../server/contract/translate.ts';
import { translateTexts } from '../locales/translate.ts';
import { sessionContext } from '../store/session.ts';
import type { Store } from '../store/store.ts';
import { translationsOf, type Reading } from '../store/translate.ts';
import type { ConvElement } from '../ui/base.ts';
import { sameLanguage } from '../ui/languages.ts';
import { words } from '../ui/words.ts';

/** How long a message has to be in sight before it is translated by itself, in milliseconds: what flies past is not. */
const SEEN = 250;

/** What was written of a message that was translated before it was sent. */
export function originalOf({ data }: Message): Original | undefined {
  const original = data?.['original'] as Partial<Original> | undefined;
  return typeof original?.text === 'string' && typeof original.to === 'string' ? (original as Original) : undefined;
}

/** What lines of a conversation show of themselves in the reader's language, and who asks for it. */
export class Translating implements ReactiveController {
  readonly texts;
  private store?: Store;
  private unfollow?: () => void;
  private timer?: ReturnType<typeof setTimeout>;
  /** The conversation that is to be read in the reader's language as a whole. */
  private whole?: string;
  /** Those that the reader wants to see the other way round than they would be by themselves. */
  private readonly turned = new Set<string>();

  constructor(
    private readonly host: ConvElement,
    private readonly seen: () => { readonly messages: readonly Message[]; readonly conversation: string | undefined; readonly contact: ContactRef | undefined },
  ) {
    this.texts = words(host, translateTexts);
    const consumer = new ContextConsumer(host, { context: sessionContext, subscribe: true, callback: (session) => this.follow(session?.store) });
    host.addController(consumer);
    host.addController(this);
  }

  hostUpdated(): void {
    const { store, whole } = this;
    const { conversation } = this.seen();
    if (!store || this.timer || (!store.get().me?.autoTranslate && (whole === undefined || whole !== conversation))) return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.askSeen();
    }, SEEN);
  }

  hostDisconnected(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.unfollow?.();
    this.unfollow = undefined;
    this.store = undefined;
  }

  /** True while the open conversation is read in the reader's language as a whole. */
  get isWhole(): boolean {
    return this.whole !== undefined && this.whole === this.seen().conversation;
  }

  /** Reads the whole conversation in the reader's language, as far as it comes into sight, or as it was written again. */
  setWhole(on: boolean): void {
    const { messages, conversation } = this.seen();
    this.whole = on ? conversation : undefined;
    this.turned.clear();
    if (this.store) for (const { id } of messages) if (!on) this.translations?.showOriginal(id, this.to);
    if (on) this.askSeen();
    this.host.requestUpdate();
  }

  /** The reader's language. */
  get to(): string {
    return this.store?.get().me?.language ?? this.texts.tag;
  }

  /** Whether a message is in another language than the reader's; undefined where that is not known. */
  isForeign(message: Message): boolean | undefined {
    const spoken = message.language ?? (message.direction === 'inbound' ? this.seen().contact?.language : undefined);
    return spoken ? !sameLanguage(spoken, this.to) : undefined;
  }

  /** Whether there is anything to translate, and anybody to ask. */
  canAsk({ text }: Message): boolean {
    return this.store !== undefined && /\p{L}/u.test(text);
  }

  reading({ id }: Message): Reading | undefined {
    return this.translations?.of(id, this.to);
  }

  ask(message: Message): void {
    this.translations?.ask(message, this.to, 'reader');
  }

  showOriginal({ id }: Message): void {
    this.translations?.showOriginal(id, this.to);
  }

  /** Of what was translated before it was sent: whether what its writer wrote is shown, in place of what was sent. */
  isWritten(message: Message): boolean {
    const original = originalOf(message);
    const own = (this.store?.get().me?.autoTranslate || this.isWhole) && original?.from ? sameLanguage(original.from, this.to) : false;
    return this.turned.has(message.id) !== own;
  }

  turn({ id }: Message): void {
    if (!this.turned.delete(id)) this.turned.add(id);
    this.host.requestUpdate();
  }

  private get translations() {
    return this.store && translationsOf(this.store.core);
  }

  private follow(store: Store | undefined): void {
    if (store === this.store) return;
    this.unfollow?.();
    this.store = store;
    const translations = store && translationsOf(store.core).subscribe(() => this.host.requestUpdate());
    const me = store?.subscribe(() => this.profileChanged());
    this.unfollow = () => {
      translations?.();
      me?.();
    };
    this.host.requestUpdate();
  }

  private profile = '';
  private profileChanged(): void {
    const me = this.store?.get().me;
    const profile = `${me?.language} ${me?.autoTranslate}`;
    if (profile === this.profile) return;
    this.profile = profile;
    this.host.requestUpdate();
  }

  /** Has those translated that are in sight now and in another language. */
  private askSeen(): void {
    const { store, translations } = this;
    if (!store || !translations || document.hidden) return;
    if (!store.get().me?.autoTranslate && !this.isWhole) return;
    translations.leave();
    for (const message of this.seen().messages.toReversed()) {
      if (!this.canAsk(message) || originalOf(message) || this.isForeign(message) === false) continue;
      if (message.author.kind === 'operator' && message.author.id === store.get().me?.id) continue;
      translations.ask(message, this.to, 'automatic');
    }
  }
}
