import { html, nothing, type PropertyValues } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { Channel } from '../../server/contract/common.ts';
import type { Identity } from '../../server/contract/contact.ts';
import type { SharedConversation } from '../../server/contract/conversation.ts';
import type { Message } from '../../server/contract/message.ts';
import { operatorTexts } from '../locales/operator.ts';
import { agentInControl } from '../store/select.ts';
import { emptyUnsent, type Typist, type Unsent } from '../store/state.ts';
import { announce } from '../ui/announce.ts';
import { ConvElement } from '../ui/base.ts';
import { define } from '../ui/define.ts';
import { grow } from '../ui/grow.ts';
import { icon } from '../ui/icon.ts';
import { at as atGlyph, lock, robot, send as sendGlyph } from '../ui/icons.ts';
import { ariaKeys, hasCommand, keyHint } from '../ui/keys.ts';
import { Menu } from '../ui/menu.ts';
import { buttonsSheet } from '../ui/sheets/buttons.ts';
import { composerSheet } from '../ui/sheets/composer.ts';
import { facesSheet } from '../ui/sheets/faces.ts';
import { fieldsSheet } from '../ui/sheets/fields.ts';
import { marksSheet } from '../ui/sheets/marks.ts';
import { menuSheet } from '../ui/sheets/menu.ts';
import { tabsSheet } from '../ui/sheets/tabs.ts';
import { tabs } from '../ui/tabs.ts';
import { number } from '../ui/time.ts';
import { words } from '../ui/words.ts';
import { called, calledShort } from './called.ts';
import { channelChoice } from './composer-channel.ts';
import { lockBlock } from './composer-lock.ts';
import { MentionList } from './composer-mention-list.ts';
import { stillMentioned, type Mentionable } from './composer-mentions.ts';
import { newerThan } from './composer-newer.ts';
import { others, subjectLine } from './composer-parts.ts';
import { composerOwnSheet } from './composer-sheet.ts';
import { canSend, silentBlock } from './composer-silent.ts';
import { troubleOf, warning, type Trouble } from './composer-warning.ts';
import type { ComposerPort } from './thread-ports.ts';

/** Longest message that the API takes, in characters. */
const longest = 65_536;

/**
 * Where people write: a reply to the customer, or a note that only the team sees. While an agent is in control the reply
 * gives way to taking over; notes stay open. What is typed is changed by nobody but who types. Part of `<conv-thread>`.
 */
export class ConvComposer extends ConvElement {
  static override styles = [buttonsSheet, facesSheet, fieldsSheet, marksSheet, menuSheet, tabsSheet, composerSheet, composerOwnSheet];

  @property({ attribute: false }) conversation?: SharedConversation;
  @property({ attribute: false }) unsent: Unsent = emptyUnsent;
  /** The items of the conversation, as far as loaded. */
  @property({ attribute: false }) items: readonly Message[] = [];
  /** The customer's handles that it could go to. */
  @property({ attribute: false }) identities: readonly Identity[] = [];
  /** Who can be mentioned. */
  @property({ attribute: false }) operators: readonly Mentionable[] = [];
  /** Colleagues who are writing here too. */
  @property({ attribute: false }) writers: readonly Typist[] = [];
  @property({ attribute: false }) me?: string;
  @property({ attribute: false }) port?: ComposerPort;

  @state() private warned = false;
  @state() private reason = '';
  @query('textarea') private readonly field!: HTMLTextAreaElement | null;
  private readonly words = words(this, operatorTexts);
  private readonly channels = new Menu(this);
  private readonly mentions = new MentionList(this, () => this.field);
  /** Up to which item the writer had seen the conversation when the writing began, by conversation. */
  private readonly begun = new Map<string, number>();
  private wantsFocus = false;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('conversation')) return;
    if (changed.get('conversation')?.id !== this.conversation?.id) {
      this.warned = false;
      this.reason = '';
      this.mentions.close();
    }
  }

  protected override updated(): void {
    if (!this.wantsFocus || this.locked) return;
    this.wantsFocus = false;
    this.field?.focus();
    announce(this, this.words.t.thread.composer.assumed);
  }

  override render(): unknown {
    const { conversation, unsent, words: spoken } = this;
    if (!conversation) return nothing;
    const { t } = spoken;
    const note = unsent.mode === 'note';
    const locked = this.locked && !note;
    const silent = this.silent && !note && !locked;
    const look = note ? 'note-mode' : locked ? 'locked' : '';
    return html`${others(this.writers, this.unsent, this.words)}<form class="composer ${look}" aria-label=${note ? t.thread.composer.noteText : t.thread.composer.label(called(conversation.contact, spoken))}
        @submit=${this.handleSubmit} @keydown=${this.handleKeydown}>${note ? nothing : warning(this.troubles(), spoken, this.handleRead)}
      <div class="composer-head">${tabs(
        t.thread.composer.write,
        [
          { id: 'reply', label: t.thread.composer.reply, glyph: locked ? robot : undefined, both: true },
          { id: 'note', label: t.thread.composer.note, glyph: lock, both: true },
        ],
        unsent.mode,
        this.choose,
        'write',
      )}${note ? html`<span class="sig ochre push">${t.thread.composer.onlyTeam}</span>` : locked || silent ? nothing : channelChoice(this.channels, conversation, this.identities, unsent, spoken, this.setIdentity)}</div>${
        locked ? lockBlock(conversation, spoken, this.reason, this.setReason, this.assume) : silent ? silentBlock(this.channel ?? conversation.channel, this.identities, spoken, this.writeTo) : nothing
      }${(locked || silent) && unsent.reply === '' ? nothing : this.writing(note, locked)}</form>`;
  }

  /** Puts the caret where one writes. */
  override focus(): void {
    if (this.field) this.field.focus();
    else this.renderRoot.querySelector<HTMLElement>('.lock-reason .btn, .lock .btn')?.focus();
  }

  /** Takes over, then puts the caret where one writes. */
  readonly assume = (): void => {
    this.keep({ mode: 'reply' });
    this.wantsFocus = true;
    this.port?.assume(this.reason.trim() || undefined);
    this.reason = '';
  };

  private get locked(): boolean {
    return this.conversation !== undefined && agentInControl(this.conversation);
  }

  private writing(note: boolean, locked: boolean): unknown {
    const { unsent, conversation } = this;
    const { t, tag } = this.words;
    const { composer } = t.thread;
    const text = note ? unsent.note : unsent.reply;
    const over = text.length - longest;
    const asked = !note && !locked && this.troubles().kind === 'newer';
    const label = note ? composer.leaveNote : locked ? composer.assumeAndSend : asked ? composer.sendAnyway : composer.send;
    return html`${!note && !locked && this.channel === 'email' ? subjectLine(conversation, unsent, this.words, this.setSubject) : nothing}<textarea class="composer-text" rows="2" dir="auto" .value=${live(text)}
        aria-label=${note ? composer.noteText : composer.message} placeholder=${note ? composer.notePlaceholder : composer.placeholder(calledShort(conversation?.contact, this.words))}
        aria-autocomplete=${note ? 'list' : nothing} aria-controls=${note && this.mentions.open ? 'mentions' : nothing}
        aria-activedescendant=${note && this.mentions.open ? this.mentions.activeId : nothing}
        @input=${this.handleInput} @blur=${this.handleBlur} @click=${this.handleCaret} ${grow(240)}></textarea>${note ? this.mentions.render(this.mention, composer.operators) : nothing}
      <div class="composer-foot">${
        note ? html`<button type="button" class="btn ghost icon" aria-label=${composer.mention} @click=${this.handleMention}>${icon(atGlyph)}</button>` : nothing
      }<span class="push"></span>${over > 0 ? html`<span class="hint bad" role="alert">${composer.tooLong(number(tag, over))}</span>` : asked ? html`<span class="hint">${composer.notSent}</span>` : nothing}<button
        type="submit" class="btn ${note ? '' : 'primary'} ${asked || locked || note ? '' : 'may-shrink'}" ?disabled=${text.trim() === '' || over > 0 || (!note && this.silent)} aria-keyshortcuts=${ariaKeys('mod+enter')}>${
        note || asked || locked ? nothing : html`<span class="only-narrow">${icon(sendGlyph)}</span>`
      }<span class=${note || asked || locked ? '' : 'unseen-narrow'}>${label}</span> <kbd class="hide-narrow">${keyHint('mod+enter')}</kbd></button></div>`;
  }

  /** Nothing can be sent on the channel that the reply would take. */
  private get silent(): boolean {
    return this.channel !== undefined && !canSend(this.channel);
  }

  private get channel(): Channel | undefined {
    const id = this.unsent.identityId ?? this.conversation?.identityId;
    return this.identities.find((identity) => identity.id === id)?.channel ?? this.conversation?.channel;
  }

  /** What stands in the way of what was written. */
  private troubles(): Trouble {
    const { conversation, unsent, items, me } = this;
    return troubleOf(conversation, unsent, this.newer(), this.warned, () => newerThan(items, unsent.seenInboundSeq ?? 0, me).slice(-1));
  }

  private newer(): Message[] {
    const id = this.conversation?.id ?? '';
    const from = this.begun.get(id) ?? this.unsent.seenInboundSeq;
    return from === undefined || this.unsent.reply === '' ? [] : newerThan(this.items, from, this.me);
  }

  private submit(): void {
    const { unsent, conversation, port } = this;
    if (!conversation || !port) return;
    if (unsent.mode === 'note') {
      if (unsent.note.trim() === '' || unsent.note.length > longest) return;
      this.mentions.close();
      this.unsent = { ...unsent, note: '' };
      return port.note({ text: unsent.note, mentions: stillMentioned(unsent.note, unsent.mentions, this.operators) });
    }
    if (unsent.reply.trim() === '' || unsent.reply.length > longest || this.silent) return;
    const asked = this.troubles().kind === 'newer';
    if (!asked && !this.locked && this.newer().length > 0) {
      this.warned = true;
      return;
    }
    const { reply: text, subject, identityId, draftId } = unsent;
    const assume = this.locked || unsent.refusal?.code === 'agent_in_control';
    this.warned = false;
    this.begun.delete(conversation.id);
    this.unsent = { ...unsent, reply: '' };
    port.send({
      text,
      ...(subject ? { subject } : {}),
      ...(identityId ? { identityId } : {}),
      ...(draftId ? { draftId } : {}),
      ...(asked ? { expectedLastInboundSeq: conversation.lastInboundSeq } : {}),
      ...(assume ? { assume: true } : {}),
    });
    port.typing(false);
  }

  /** Changes what is being written, here at once and where it is kept. */
  private keep(change: Partial<Unsent>): void {
    this.unsent = { ...this.unsent, ...change };
    this.port?.change(change);
  }

  private readonly choose = (mode: Unsent['mode']): void => {
    this.mentions.close();
    this.keep({ mode });
  };

  private readonly setIdentity = (identityId: string): void => this.keep({ identityId });
  private readonly writeTo = (identityId: string): void => {
    this.setIdentity(identityId);
    void this.updateComplete.then(() => this.field?.focus());
  };

  private readonly setSubject = (subject: string): void => this.keep({ subject: subject || undefined });
  private readonly setReason = (reason: string): void => void (this.reason = reason);
  private readonly handleSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    this.submit();
  };

  private readonly handleKeydown = (event: KeyboardEvent): void => {
    if (event.target === this.field && this.unsent.mode === 'note' && this.mentions.handle(event, this.mention)) return;
    if (event.key !== 'Enter' || !hasCommand(event) || event.isComposing) return;
    event.preventDefault();
    if (this.field) this.submit();
  };

  private readonly handleInput = (): void => {
    const { field, conversation, unsent } = this;
    if (!field || !conversation) return;
    const { value } = field;
    if (unsent.mode === 'note') {
      this.keep({ note: value, refusal: undefined });
      this.mentions.look(field, this.operators);
      return;
    }
    const begins = unsent.reply === '' && value !== '';
    if (begins) this.begun.set(conversation.id, this.items.at(-1)?.seq ?? conversation.lastInboundSeq);
    if (value === '') {
      this.begun.delete(conversation.id);
      this.warned = false;
    }
    this.keep({ reply: value, ...(begins ? { seenInboundSeq: conversation.lastInboundSeq } : {}), ...(value === '' ? { refusal: undefined, seenInboundSeq: undefined } : {}) });
    this.port?.typing(value !== '');
  };

  private readonly handleBlur = (): void => {
    this.port?.typing(false);
    this.mentions.close();
  };

  private readonly handleCaret = (): void => {
    if (this.field && this.unsent.mode === 'note') this.mentions.look(this.field, this.operators);
  };

  private readonly handleMention = (): void => {
    const { field } = this;
    if (!field) return;
    field.focus();
    const before = field.value.slice(0, field.selectionStart);
    field.setRangeText(/(^|\s)$/.test(before) ? '@' : ' @', field.selectionStart, field.selectionEnd, 'end');
    this.handleInput();
  };

  private readonly mention = (person: Mentionable, text: string, caret: number): void => {
    const { field, unsent } = this;
    if (!field) return;
    field.value = text;
    field.setSelectionRange(caret, caret);
    this.keep({ note: text, mentions: [...new Set([...unsent.mentions, person.id])] });
  };

  private readonly handleRead = (): void => {
    const { conversation, items } = this;
    if (!conversation) return;
    this.warned = false;
    this.begun.set(conversation.id, items.at(-1)?.seq ?? conversation.lastInboundSeq);
    this.keep({ refusal: undefined, seenInboundSeq: conversation.lastInboundSeq });
    this.port?.readNewest();
    this.field?.focus();
  };
}

define('conv-composer', ConvComposer);

declare global {
  interface HTMLElementTagNameMap {
    'conv-composer': ConvComposer;
  }
}
