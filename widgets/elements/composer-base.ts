import { property, state } from 'lit/decorators.js';
import type { Identity } from '../../server/contract/contact.ts';
import type { SharedConversation } from '../../server/contract/conversation.ts';
import type { Message } from '../../server/contract/message.ts';
import { composingTexts } from '../locales/composing.ts';
import { operatorTexts } from '../locales/operator.ts';
import { agentInControl } from '../store/select.ts';
import { emptyUnsent, type Aim, type Typist, type Unsent } from '../store/state.ts';
import { ConvElement } from '../ui/base.ts';
import { Ticker } from '../ui/ticker.ts';
import { words } from '../ui/words.ts';
import { aimOf, targetOf, type Around, type Target } from './composer-aim.ts';
import type { Mentionable } from './composer-mentions.ts';
import { newerThan } from './composer-newer.ts';
import { canSend } from './composer-silent.ts';
import { troubleOf, type Trouble } from './composer-warning.ts';
import { isShort, windowOf, type ReplyWindow } from './composer-window.ts';
import type { ComposerPort } from './thread-ports.ts';

/** Why nothing can be sent the way that a reply would go. */
export type Obstacle = 'silent' | 'optedOut' | 'closed';

/** What is being written, where it goes, and what stands in its way; how it looks and what people do is the composer's. */
export abstract class ComposerBase extends ConvElement {
  @property({ attribute: false }) conversation?: SharedConversation;
  @property({ attribute: false }) unsent: Unsent = emptyUnsent;
  /** The items of the conversation, as far as loaded. */
  @property({ attribute: false }) items: readonly Message[] = [];
  /** The customer's handles that it could go to. */
  @property({ attribute: false }) identities: readonly Identity[] = [];
  /** Our own addresses, in small letters. */
  @property({ attribute: false }) own: ReadonlySet<string> = new Set();
  /** Who can be mentioned. */
  @property({ attribute: false }) operators: readonly Mentionable[] = [];
  /** Colleagues who are writing here too. */
  @property({ attribute: false }) writers: readonly Typist[] = [];
  @property({ attribute: false }) me?: string;
  @property({ attribute: false }) port?: ComposerPort;

  @state() protected warned = false;
  protected readonly words = words(this, operatorTexts);
  protected readonly composing = words(this, composingTexts);
  protected readonly ticker = new Ticker(this);
  /** Up to which item the writer had seen the conversation when the writing began, by conversation. */
  protected readonly begun = new Map<string, number>();

  protected get locked(): boolean {
    return this.conversation !== undefined && agentInControl(this.conversation);
  }

  /** Where the reply goes, and what a mail takes from the one that it answers. */
  protected aim(around: Around): Aim {
    return this.unsent.aim ?? aimOf(around);
  }

  protected around(conversation: SharedConversation): Around {
    return { conversation, items: this.items, identities: this.identities, own: this.own };
  }

  protected target(conversation: SharedConversation): Target {
    return targetOf(this.around(conversation), this.unsent);
  }

  /** The time for free answers; while it is about to end, seconds count. */
  protected window(conversation: SharedConversation, target: Target): ReplyWindow | undefined {
    const window = windowOf(conversation, target, this.ticker.now);
    this.ticker.setPace(isShort(window, this.ticker.now) ? 'second' : 'minute');
    return window;
  }

  /** Why nothing can be sent. */
  protected obstacle(conversation: SharedConversation): Obstacle | undefined {
    const target = this.target(conversation);
    if (!canSend(target.channel)) return 'silent';
    if (target.identity?.optedOutAt) return 'optedOut';
    return this.window(conversation, target)?.open === false ? 'closed' : undefined;
  }

  /** What stands in the way of what was written. */
  protected troubles(): Trouble {
    const { conversation, unsent, items, me } = this;
    return troubleOf(conversation, unsent, this.newer(), this.warned, () => newerThan(items, unsent.seenInboundSeq ?? 0, me).slice(-1));
  }

  protected newer(): Message[] {
    const from = this.begun.get(this.conversation?.id ?? '') ?? this.unsent.seenInboundSeq;
    return from === undefined || this.unsent.reply === '' ? [] : newerThan(this.items, from, this.me);
  }

  /** The writer has seen all that is there now. */
  protected sawAll(): void {
    const { conversation, items } = this;
    if (!conversation) return;
    this.warned = false;
    this.begun.set(conversation.id, items.at(-1)?.seq ?? conversation.lastInboundSeq);
    this.keep({ refusal: undefined, seenInboundSeq: conversation.lastInboundSeq });
  }

  /** Changes what is being written, here at once and where it is kept. */
  protected keep(change: Partial<Unsent>): void {
    this.unsent = { ...this.unsent, ...change };
    this.port?.change(change);
  }

  /** Keeps a reply as it is typed. As soon as there is any, it is settled where it goes and what it answers. */
  protected write(reply: string, rich: Unsent['rich']): void {
    const { conversation, unsent } = this;
    if (!conversation) return;
    const begins = unsent.reply === '' && reply !== '';
    const formatted = rich === undefined ? {} : { rich };
    if (begins) this.begun.set(conversation.id, this.items.at(-1)?.seq ?? conversation.lastInboundSeq);
    if (reply === '') {
      this.begun.delete(conversation.id);
      this.warned = false;
      this.keep({ reply, rich: undefined, refusal: undefined, seenInboundSeq: undefined, aim: undefined });
    } else {
      // What it answers is known once the conversation has been read.
      const aim = this.items.length > 0 ? this.aim(this.around(conversation)) : undefined;
      this.keep({ reply, ...formatted, ...(begins ? { seenInboundSeq: conversation.lastInboundSeq } : {}), ...(aim ? { aim } : {}) });
    }
    this.port?.typing(reply !== '');
  }
}
