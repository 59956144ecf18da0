import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { SharedConversation } from '../../server/contract/conversation.ts';
import { emptyReply, type Unsent } from '../store/state.ts';
import { announce } from '../ui/announce.ts';
import { define } from '../ui/define.ts';
import { grow } from '../ui/grow.ts';
import { icon } from '../ui/icon.ts';
import { at as atGlyph } from '../ui/icons.ts';
import { Menu } from '../ui/menu.ts';
import { Popover } from '../ui/popover.ts';
import { actionOf, keysFor } from '../ui/shortcuts.ts';
import { called, calledShort } from './called.ts';
import { ComposerBase, type Obstacle } from './composer-base.ts';
import { channelChoice } from './composer-channel.ts';
import { emojiButton } from './composer-emoji.ts';
import { footEnd } from './composer-foot.ts';
import { lockBlock } from './composer-lock.ts';
import { mailHead, quoteFold, type MailFields } from './composer-mail.ts';
import { MailParts } from './composer-mail-parts.ts';
import { MentionList } from './composer-mention-list.ts';
import type { Mentionable } from './composer-mentions.ts';
import { claimed, lineOf, modes, others, writeAt } from './composer-parts.ts';
import { bodyOf, longest, richOf, tooLong, writtenOf } from './composer-send.ts';
import { composerSheets } from './composer-sheet.ts';
import { QuickReplies } from './quick-reply-list.ts';
import { optedOutBlock, silentBlock } from './composer-silent.ts';
import type { Filled } from './composer-templates.ts';
import { warning } from './composer-warning.ts';
import { closedBlock, windowLine } from './composer-window.ts';
import './mail-copies.ts';
import type { MailCopies } from './mail-copies.ts';
import type { MailEditor, Written } from './mail-editor.ts';
import { Outgoing, spokenBy } from './translate-outgoing.ts';

/**
 * Where people write: a reply to the customer, or a note that only the team sees. While an agent is in control the reply
 * gives way to taking over; notes stay open. What is typed is changed by nobody but who types. Part of `<conv-thread>`.
 */
export class ConvComposer extends ComposerBase {
  static override styles = composerSheets;

  @state() private reason = '';
  /** What of a mail was unfolded. */
  @state() private unfolded: { readonly copies?: boolean; readonly quote?: boolean; readonly templates?: boolean } = {};
  @query('textarea') private readonly field!: HTMLTextAreaElement | null;
  @query('mail-editor:not([hidden])') private readonly editor!: MailEditor | null;
  private readonly channels = new Menu(this);
  private readonly emoji = new Popover(this);
  private readonly mentions = new MentionList(this, () => this.field);
  private readonly quick = new QuickReplies(
    this,
    () => (this.unsent.mode === 'note' ? undefined : (this.editor?.line ?? (this.field && lineOf(this.field)) ?? undefined)),
    async () => this.port?.quickReplies(),
    this.composing,
  );
  private readonly parts = new MailParts(
    this,
    () => this.field,
    () => this.editor,
  );
  private readonly outgoing = new Outgoing(this, () => {
    const { of, conversation, unsent, items } = this;
    if (!conversation || unsent.mode === 'note' || this.locked) return undefined;
    const put = (reply: string, original: Unsent['original']): void =>
      this.keep({ reply, rich: original ? undefined : unsent.original?.rich, original: original && { ...original, rich: unsent.rich } });
    return { of, conversationId: conversation.id, text: unsent.reply, spoken: spokenBy(items, conversation.contact), original: unsent.original, put };
  });
  private wantsFocus = false;

  protected override willUpdate(changed: PropertyValues<this>): void {
    this.attaching.want([...(this.unsent.files ?? []), ...(this.unsent.noteFiles ?? [])], this.port);
    if (!changed.has('of')) return;
    this.warned = false;
    this.reason = '';
    this.unfolded = {};
    this.mentions.close();
    this.switching.end();
    this.attaching.reset();
  }

  protected override updated(): void {
    const toolbar = this.renderRoot.querySelector('mail-toolbar');
    if (toolbar) toolbar.editor = this.editor;
    if (!this.wantsFocus || this.locked) return;
    this.wantsFocus = false;
    this.focus();
    announce(this, this.words.t.thread.composer.assumed);
  }

  override render(): unknown {
    const { conversation, unsent, words: spoken } = this;
    if (!conversation) return nothing;
    const { t } = spoken;
    const note = unsent.mode === 'note';
    const locked = this.locked && !note;
    const claim = this.claim();
    const obstacle = this.obstacle(conversation);
    const stopped = !note && !locked && obstacle !== undefined;
    return html`${others(this.writers, this.operators, this.unsent, this.words, claim && !note ? claimed(claim, this.operators, this.composing, this.goOn) : nothing)}<form part="composer" class="composer ${note ? 'note-mode' : locked ? 'locked' : ''}" aria-label=${note ? t.thread.composer.noteText : t.thread.composer.label(called(conversation.contact, spoken))}
        @submit=${this.handleSubmit} @keydown=${this.handleKeydown} @focusin=${this.handleFocus} @focusout=${this.quick.close} @input=${this.quick.look} @mail-change=${this.quick.look} @paste=${this.attaching.handlePaste}>${this.attaching.overlay(this.composing)}${note ? nothing : warning(this.troubles(), spoken, this.handleRead)}
      <div class="composer-head">${modes(unsent.mode, locked, this.choose, spoken)}${note ? html`<span class="sig ochre push">${t.thread.composer.onlyTeam}</span>` : locked || (stopped && obstacle !== 'closed') ? nothing : channelChoice(this.channels, this.target(conversation), this.identities, spoken, this.setIdentity)}</div>${this.switching.render(this.composing)}${
        locked
          ? lockBlock(conversation, spoken, this.reason, this.setReason, this.assume, keysFor(this.chosenKeys, 'assume'))
          : stopped
            ? this.stopBlock(conversation, obstacle)
            : nothing
      }${(locked || stopped) && this.blank ? nothing : this.writing(conversation, note, locked)}</form>`;
  }

  /** Puts the caret where one writes. */
  override focus(): void {
    (this.editor ?? this.field ?? this.renderRoot.querySelector<HTMLElement>('.lock-reason .btn, .lock .btn'))?.focus();
  }

  /** Takes over, then puts the caret where one writes. */
  readonly assume = (): void => {
    this.keep({ mode: 'reply' });
    this.wantsFocus = true;
    this.port?.assume(this.reason.trim() || undefined);
    this.reason = '';
  };

  private stopBlock(conversation: SharedConversation, obstacle: Obstacle): TemplateResult {
    const { words: spoken, composing, identities } = this;
    const target = this.target(conversation);
    const { identity, channel } = target;
    if (obstacle === 'optedOut' && identity?.optedOutAt)
      return optedOutBlock({ ...identity, optedOutAt: identity.optedOutAt }, identities, spoken, composing, this.writeTo);
    const window = this.window(conversation, target);
    if (obstacle !== 'closed' || !window) return silentBlock(channel, identities, spoken, this.writeTo);
    const { templates } = this.unfolded;
    return html`${closedBlock(window, channel, conversation.lastInboundAt, channel === 'whatsapp' && !templates ? this.chooseTemplate : undefined, spoken, composing)}${
      templates
        ? html`<composer-templates .read=${this.port?.templates} @template-send=${this.sendTemplate} @template-cancel=${() => (this.unfolded = {})}></composer-templates>`
        : nothing
    }`;
  }

  private writing(conversation: SharedConversation, note: boolean, locked: boolean): unknown {
    const { unsent, composing } = this;
    const { composer } = this.words.t.thread;
    const target = this.target(conversation);
    const mail = target.channel === 'email';
    const rich = mail && !unsent.plain && this.parts.ready;
    const fields = mail && !note ? this.fields(conversation) : undefined;
    const text = note ? unsent.note : unsent.reply;
    const over = note ? text.length - longest : tooLong(unsent, mail);
    const asked = !note && !locked && this.troubles().kind === 'newer';
    const placeholder = note ? composer.notePlaceholder : composer.placeholder(calledShort(conversation.contact, this.words));
    const window = note ? undefined : this.window(conversation, target);
    const files = this.attached;
    const hindered = this.hindered(note ? undefined : target.channel);
    return html`${fields ? mailHead(fields, this.words, composing) : nothing}${
      rich
        ? html`<mail-editor ?hidden=${note} .of=${this.of} .text=${unsent.reply} .doc=${richOf(unsent)} .label=${composer.message} .placeholder=${placeholder}
            @mail-change=${this.handleRich} @focusout=${this.handleBlur}></mail-editor>`
        : nothing
    }${
      rich && !note
        ? nothing
        : html`<textarea class="composer-text" rows="2" dir="auto" .value=${live(text)}
            aria-label=${note ? composer.noteText : composer.message} placeholder=${placeholder}
            aria-autocomplete="list" aria-controls=${note && this.mentions.open ? 'mentions' : this.quick.activeId ? 'quick-replies' : nothing}
            aria-activedescendant=${note && this.mentions.open ? this.mentions.activeId : (this.quick.activeId ?? nothing)}
            @input=${this.handleInput} @blur=${this.handleBlur} @click=${this.handleCaret} ${grow(240)}></textarea>`
    }${note ? this.mentions.render(this.mention, composer.operators) : this.quick.render(this.of)}${
      fields ? quoteFold(fields, this.unfolded.quote === true, (quote) => (this.unfolded = { ...this.unfolded, quote }), composing) : nothing
    }${window ? windowLine(window, this.ticker.now, this.words, composing) : nothing}${this.chips()}${note ? nothing : this.outgoing.line()}
      <div class="composer-foot">${
        note
          ? html`<button type="button" class="btn ghost icon" aria-label=${composer.mention} @click=${this.mentions.begin}>${icon(atGlyph)}</button>`
          : nothing
      }${fields && this.parts.ready ? html`<mail-toolbar @mail-rich=${this.switchRich}></mail-toolbar><span class="rule" aria-hidden="true"></span>` : nothing}${this.attaching.button(() => this.focus(), composing)}${emojiButton(this.emoji, composing, this.insert)}${note ? nothing : this.outgoing.button()}${footEnd(
        {
          kind: note ? 'note' : locked ? 'locked' : 'reply',
          over,
          keys: keysFor(this.chosenKeys, 'send'),
          asked,
          files: hindered ?? this.leftOut(note ? undefined : target.channel),
          underway: files.some(({ sent, failed }) => !sent && !failed) && !files.some(({ failed }) => failed),
          disabled: (text.trim() === '' && files.length === 0) || over > 0 || hindered !== undefined || (!note && this.obstacle(conversation) !== undefined),
        },
        this.words,
      )}</div>`;
  }

  private fields(conversation: SharedConversation): MailFields {
    const { id: of, contact } = conversation;
    const to = [called(contact, this.words), this.target(conversation).identity?.handle ?? contact.email ?? ''];
    return {
      of,
      unsent: this.unsent,
      aim: this.aim(this.around(conversation)),
      to,
      copies: this.unfolded.copies === true,
      keep: (change) => this.keep(change),
      showCopies: this.showCopies,
    };
  }

  private submit(): void {
    const { unsent, conversation, port } = this;
    if (!conversation || !port) return;
    if (unsent.mode === 'note') return this.leaveNote();
    const target = this.target(conversation);
    if ((unsent.reply.trim() === '' && !unsent.files?.length) || this.obstacle(conversation) || tooLong(unsent, target.channel === 'email') > 0) return;
    const hindered = this.hindered(target.channel);
    if (hindered) return announce(this, hindered);
    const unfinished = [...this.renderRoot.querySelectorAll<MailCopies>('mail-copies')].find((copies) => !copies.commit());
    if (unfinished) return unfinished.focus();
    const asked = this.troubles().kind === 'newer';
    if (!asked && !this.locked && this.newer().length > 0) {
      this.warned = true;
      return;
    }
    const body = bodyOf(conversation, this.unsent, this.aim(this.around(conversation)), target, this.composing);
    const assume = this.locked || unsent.refusal?.code === 'agent_in_control';
    const written = writtenOf(this.unsent);
    this.warned = false;
    this.unfolded = {};
    this.begun.delete(this.of);
    this.unsent = { ...this.unsent, ...emptyReply };
    port.send(
      { ...body, ...(asked ? { expectedLastInboundSeq: conversation.lastInboundSeq } : {}), ...this.seen(conversation), ...(assume ? { assume: true } : {}) },
      written,
    );
    port.typing(false);
  }

  private readonly chooseTemplate = (): void => {
    void import('./composer-templates.ts');
    this.unfolded = { templates: true };
  };

  /** What was typed stays for when it may be sent. */
  private readonly sendTemplate = ({ detail }: CustomEvent<Filled>): void => {
    const { conversation, unsent } = this;
    if (!conversation) return;
    const { id } = this.target(conversation);
    this.port?.send({ ...detail, ...(id === conversation.identityId ? {} : { identityId: id }) }, { reply: '' });
    this.keep({ ...writtenOf(unsent), files: unsent.files, seenInboundSeq: unsent.seenInboundSeq });
    this.unfolded = {};
  };

  protected override go(mode: Unsent['mode']): void {
    this.mentions.close();
    super.go(mode);
  }

  private readonly setIdentity = (identityId: string): void => this.keep({ identityId });
  private readonly writeTo = (identityId: string): void => {
    this.keep({ identityId });
    void this.updateComplete.then(() => this.focus());
  };

  private readonly setReason = (reason: string): void => void (this.reason = reason);
  private readonly switchRich = (): void => {
    this.keep({ plain: this.unsent.plain ? undefined : true });
    void this.updateComplete.then(() => this.focus());
  };

  private readonly showCopies = async (): Promise<void> => {
    this.unfolded = { ...this.unfolded, copies: true };
    await this.updateComplete;
    this.renderRoot.querySelector<MailCopies>('mail-copies')?.focus();
  };

  private readonly handleFocus = (): void => {
    if (this.conversation && this.unsent.mode === 'reply' && this.target(this.conversation).channel === 'email') this.parts.want();
  };

  private readonly handleSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    this.submit();
  };

  private readonly handleKeydown = (event: KeyboardEvent): void => {
    if (event.target === this.field && this.unsent.mode === 'note' && this.mentions.handle(event, this.mention)) return;
    if (!actionOf(event, this.chosenKeys, ['send'])) return;
    event.preventDefault();
    if (this.field || this.editor) this.submit();
  };

  private readonly handleRich = ({ detail: { text, doc } }: CustomEvent<Written>): void => this.write(text, { text, doc });

  private readonly handleInput = (): void => {
    const { field } = this;
    if (!field) return;
    if (this.unsent.mode === 'reply') return this.write(field.value, undefined);
    this.keep({ note: field.value, refusal: undefined });
    this.mentions.look(field, this.operators);
  };

  private readonly handleBlur = (): void => {
    this.port?.typing(false);
    this.mentions.close();
  };
  private readonly handleCaret = (): void => {
    if (this.field && this.unsent.mode === 'note') this.mentions.look(this.field, this.operators);
  };

  /** Writes something where the caret stands. */
  protected readonly insert = (text: string): void => {
    const { field, editor } = this;
    if (editor) editor.insert(text);
    else if (field) writeAt(field, text);
  };

  private readonly mention = (person: Mentionable, text: string, caret: number): void => {
    const { field, unsent } = this;
    if (!field) return;
    field.value = text;
    field.setSelectionRange(caret, caret);
    this.keep({ note: text, mentions: [...new Set([...unsent.mentions, person.id])] });
  };

  private readonly handleRead = (): void => {
    this.sawAll();
    this.port?.readNewest();
    this.focus();
  };
}

define('conv-composer', ConvComposer);

declare global {
  interface HTMLElementTagNameMap {
    'conv-composer': ConvComposer;
  }
}
