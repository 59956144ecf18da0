import { html, nothing, type PropertyValues } from 'lit';
import { state } from 'lit/decorators.js';
import type { SharedConversation } from '../../server/contract/conversation.ts';
import { emptyReply, type Unsent } from '../store/state.ts';
import { announce } from '../ui/announce.ts';
import { define } from '../ui/define.ts';
import { icon } from '../ui/icon.ts';
import { at as atGlyph } from '../ui/icons.ts';
import { Menu } from '../ui/menu.ts';
import { Popover } from '../ui/popover.ts';
import { actionOf, keysFor } from '../ui/shortcuts.ts';
import { called } from './called.ts';
import { ComposerBase } from './composer-base.ts';
import { channelChoice } from './composer-channel.ts';
import { emojiButton } from './composer-emoji.ts';
import { footEnd } from './composer-foot.ts';
import { lockBlock } from './composer-lock.ts';
import { mailHead, quoteFold, type MailFields } from './composer-mail.ts';
import { claimed, modes, others } from './composer-parts.ts';
import { bodyOf, longest, tooLong, writtenOf } from './composer-send.ts';
import { composerSheets } from './composer-sheet.ts';
import { ComposerStop } from './composer-stop.ts';
import type { Filled } from './composer-templates.ts';
import { ComposerText } from './composer-text.ts';
import { warning } from './composer-warning.ts';
import { windowLine } from './composer-window.ts';
import './mail-copies.ts';
import type { MailCopies } from './mail-copies.ts';
import { Outgoing, spokenBy } from './translate-outgoing.ts';

/**
 * Where people write: a reply to the customer, or a note that only the team sees. While an agent is in control the reply
 * gives way to taking over; notes stay open. What is typed is changed by nobody but who types. Part of `<conv-thread>`.
 */
export class ConvComposer extends ComposerBase {
  static override styles = composerSheets;

  @state() private reason = '';
  /** What of a mail was unfolded. */
  @state() private unfolded: { readonly copies?: boolean; readonly quote?: boolean } = {};
  private readonly channels = new Menu(this);
  private readonly emoji = new Popover(this);
  private readonly text = new ComposerText(
    this,
    {
      unsent: () => this.unsent,
      people: () => this.operators,
      quickReplies: async () => this.port?.quickReplies(),
      write: (reply, rich) => this.write(reply, rich),
      keep: (change) => this.keep(change),
      left: () => this.port?.typing(false),
    },
    this.composing,
  );
  private readonly stop = new ComposerStop(
    this,
    {
      identities: () => this.identities,
      templates: () => this.port?.templates,
      sendTemplate: (filled) => this.sendTemplate(filled),
      writeTo: (identityId) => this.writeTo(identityId),
    },
    this.words,
    this.composing,
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
    this.stop.leave();
    this.text.mentions.close();
    this.switching.end();
    this.attaching.reset();
  }

  protected override updated(): void {
    const toolbar = this.renderRoot.querySelector('mail-toolbar');
    if (toolbar) toolbar.editor = this.text.editor;
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
    const target = this.target(conversation);
    const obstacle = this.obstacle(conversation);
    const stopped = !note && !locked && obstacle !== undefined;
    return html`${others(this.writers, this.operators, this.unsent, this.words, claim && !note ? claimed(claim, this.operators, this.composing, this.goOn) : nothing)}<form part="composer" class="composer ${note ? 'note-mode' : locked ? 'locked' : ''}" aria-label=${note ? t.thread.composer.noteText : t.thread.composer.label(called(conversation.contact, spoken))}
        @submit=${this.handleSubmit} @keydown=${this.handleKeydown} @focusin=${this.handleFocus} @focusout=${this.text.quick.close} @input=${this.text.quick.look} @mail-change=${this.text.quick.look} @paste=${this.attaching.handlePaste}>${this.attaching.overlay(this.composing)}${note ? nothing : warning(this.troubles(), spoken, this.handleRead)}
      <div class="composer-head">${modes(unsent.mode, locked, this.choose, spoken)}${note ? html`<span class="sig ochre push">${t.thread.composer.onlyTeam}</span>` : locked || (stopped && obstacle !== 'closed') ? nothing : channelChoice(this.channels, target, this.identities, spoken, this.setIdentity)}</div>${this.switching.render(this.composing)}${
        locked
          ? lockBlock(conversation, spoken, this.reason, this.setReason, this.assume, keysFor(this.chosenKeys, 'assume'))
          : stopped
            ? this.stop.render(obstacle, target, this.window(conversation, target), conversation.lastInboundAt)
            : nothing
      }${(locked || stopped) && this.blank ? nothing : this.writing(conversation, note, locked)}</form>`;
  }

  /** Puts the caret where one writes. */
  override focus(): void {
    (this.text.place ?? this.renderRoot.querySelector<HTMLElement>('.lock-reason .btn, .lock .btn'))?.focus();
  }

  /** Takes over, then puts the caret where one writes. */
  readonly assume = (): void => {
    this.keep({ mode: 'reply' });
    this.wantsFocus = true;
    this.port?.assume(this.reason.trim() || undefined);
    this.reason = '';
  };

  private writing(conversation: SharedConversation, note: boolean, locked: boolean): unknown {
    const { unsent, composing } = this;
    const { composer } = this.words.t.thread;
    const target = this.target(conversation);
    const mail = target.channel === 'email';
    const fields = mail && !note ? this.fields(conversation) : undefined;
    const text = note ? unsent.note : unsent.reply;
    const over = note ? text.length - longest : tooLong(unsent, mail);
    const asked = !note && !locked && this.troubles().kind === 'newer';
    const window = note ? undefined : this.window(conversation, target);
    const files = this.attached;
    const hindered = this.hindered(note ? undefined : target.channel);
    return html`${fields ? mailHead(fields, this.words, composing) : nothing}${this.text.render(this.of, conversation.contact, mail, this.words)}${
      fields ? quoteFold(fields, this.unfolded.quote === true, (quote) => (this.unfolded = { ...this.unfolded, quote }), composing) : nothing
    }${window ? windowLine(window, this.ticker.now, this.words, composing) : nothing}${this.chips()}${note ? nothing : this.outgoing.line()}
      <div class="composer-foot">${
        note
          ? html`<button type="button" class="btn ghost icon" aria-label=${composer.mention} @click=${this.text.mentions.begin}>${icon(atGlyph)}</button>`
          : nothing
      }${fields && this.text.parts.ready ? html`<mail-toolbar @mail-rich=${this.switchRich}></mail-toolbar><span class="rule" aria-hidden="true"></span>` : nothing}${this.attaching.button(() => this.focus(), composing)}${emojiButton(this.emoji, composing, this.insert)}${note ? nothing : this.outgoing.button()}${footEnd(
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
    this.stop.leave();
    this.begun.delete(this.of);
    this.unsent = { ...this.unsent, ...emptyReply };
    port.send(
      { ...body, ...(asked ? { expectedLastInboundSeq: conversation.lastInboundSeq } : {}), ...this.seen(conversation), ...(assume ? { assume: true } : {}) },
      written,
    );
    port.typing(false);
  }

  /** What was typed stays for when it may be sent. */
  private sendTemplate(filled: Filled): void {
    const { conversation, unsent } = this;
    if (!conversation) return;
    const { id } = this.target(conversation);
    this.port?.send({ ...filled, ...(id === conversation.identityId ? {} : { identityId: id }) }, { reply: '' });
    this.keep({ ...writtenOf(unsent), files: unsent.files, seenInboundSeq: unsent.seenInboundSeq });
  }

  private writeTo(identityId: string): void {
    this.keep({ identityId });
    void this.updateComplete.then(() => this.focus());
  }

  protected readonly insert = (text: string): void => this.text.insert(text);

  protected override go(mode: Unsent['mode']): void {
    this.text.mentions.close();
    super.go(mode);
  }

  private readonly setIdentity = (identityId: string): void => this.keep({ identityId });

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
    if (this.conversation && this.unsent.mode === 'reply' && this.target(this.conversation).channel === 'email') this.text.parts.want();
  };

  private readonly handleSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    this.submit();
  };

  private readonly handleKeydown = (event: KeyboardEvent): void => {
    if (this.text.handleKey(event)) return;
    if (!actionOf(event, this.chosenKeys, ['send'])) return;
    event.preventDefault();
    if (this.text.place) this.submit();
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
