import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { Channel } from '../../server/contract/common.ts';
import type { Identity } from '../../server/contract/contact.ts';
import type { SharedConversation } from '../../server/contract/conversation.ts';
import type { Message } from '../../server/contract/message.ts';
import { composingTexts } from '../locales/composing.ts';
import { operatorTexts } from '../locales/operator.ts';
import { agentInControl } from '../store/select.ts';
import { emptyUnsent, type Aim, type Typist, type Unsent, type UnsentFile } from '../store/state.ts';
import { sentFiles } from '../store/unsent.ts';
import { ConvElement } from '../ui/base.ts';
import { ClearOf } from '../ui/clear-of.ts';
import type { Chosen } from '../ui/shortcuts.ts';
import { Ticker } from '../ui/ticker.ts';
import { listed } from '../ui/time.ts';
import { words } from '../ui/words.ts';
import { aimOf, targetOf, type Around, type Target } from './composer-aim.ts';
import { Attaching, type FilesOf } from './composer-attach.ts';
import type { Mentionable } from './composer-mentions.ts';
import type { Colleague } from './composer-parts.ts';
import { newerThan } from './composer-newer.ts';
import { canSend } from './composer-silent.ts';
import { troubleOf, type Trouble } from './composer-warning.ts';
import { isShort, windowOf, type ReplyWindow } from './composer-window.ts';
import { noteOf } from './composer-send.ts';
import { NoteSwitch } from './note-switch.ts';
import { gapsOf } from './quick-reply-list.ts';
import { channelName } from './pool-row.ts';
import type { ComposerPort } from './thread-ports.ts';

/** Why nothing can be sent the way that a reply would go. */
export type Obstacle = 'silent' | 'optedOut' | 'closed';

/** What is being written, where it goes, and what stands in its way; how it looks and what people do is the composer's. */
export abstract class ComposerBase extends ConvElement {
  @property({ attribute: false }) conversation?: SharedConversation;
  /** The conversation that is written to, by the id that was opened: that stays through a merge. */
  @property({ attribute: false }) of = '';
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
  /** The colleague who opened the conversation first, while nobody has it. */
  @property({ attribute: false }) claimant?: Colleague;
  @property({ attribute: false }) me?: string;
  /** The keys that the operator has chosen. */
  @property({ attribute: false }) chosenKeys: Chosen;
  @property({ attribute: false }) port?: ComposerPort;

  @state() protected warned = false;
  /** Claims that the reader has seen and passed over, as conversation and colleague. */
  @state() protected passedOver: ReadonlySet<string> = new Set();
  protected readonly words = words(this, operatorTexts);
  protected readonly composing = words(this, composingTexts);
  protected readonly ticker = new Ticker(this);
  protected readonly clear = new ClearOf(this);
  /** Up to which item the writer had seen the conversation when the writing began, by conversation. */
  protected readonly begun = new Map<string, number>();

  protected readonly attaching = new Attaching(
    this,
    () => this.filesOf(),
    () => this.unsent.mode === 'note' || this.begin(),
  );
  private noteFilesPort?: { readonly of: ComposerPort; readonly port: ComposerPort };

  protected readonly switching = new NoteSwitch(this, (mode) => {
    if (mode) this.go(mode);
    void this.updateComplete.then(() => this.focus());
  });

  /** Who changes between what the customer reads and what only the team does, with a text begun, is asked first. */
  protected readonly choose = (mode: Unsent['mode']): void => {
    const { mode: now, reply, note } = this.unsent;
    if (mode === now) this.switching.end();
    else if ((now === 'note' ? note : reply).trim() !== '' || this.attached.length > 0) this.switching.ask(mode);
    else this.go(mode);
  };

  protected abstract readonly insert: (text: string) => void;

  /** Writes something into the reply, where the caret stands. */
  insertReply(text: string): void {
    this.go('reply');
    void this.updateComplete.then(() => this.insert(text));
  }

  /** Goes over to a reply or a note, and puts the caret there unless something is asked first. */
  writeIn(mode: Unsent['mode']): void {
    this.choose(mode);
    if (this.unsent.mode === mode) void this.updateComplete.then(() => this.focus());
  }

  protected go(mode: Unsent['mode']): void {
    this.keep({ mode });
  }

  protected leaveNote(): void {
    const { unsent } = this;
    const body = noteOf(unsent, this.operators);
    if (!body || this.hindered(undefined)) return;
    this.unsent = { ...unsent, note: '', noteFiles: undefined };
    this.port?.note(body, { note: unsent.note, noteFiles: sentFiles(unsent.noteFiles) });
  }

  /** Nothing was written or attached. */
  protected get blank(): boolean {
    return this.unsent.reply === '' && !this.unsent.files?.length;
  }

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

  /** The colleague whose turn it is, unless the reader has gone on already. */
  protected claim(): Colleague | undefined {
    const { claimant } = this;
    return claimant && this.blank && !this.locked && !this.passedOver.has(`${this.of} ${claimant.id}`) ? claimant : undefined;
  }

  /** The reader answers all the same. */
  protected readonly goOn = (): void => {
    this.passedOver = new Set([...this.passedOver, `${this.of} ${this.claimant?.id}`]);
    void this.updateComplete.then(() => this.focus());
  };

  /** What stands in the way of what was written. */
  protected troubles(): Trouble {
    const { conversation, unsent, items, me } = this;
    return troubleOf(conversation, unsent, this.newer(), this.warned, () => newerThan(items, unsent.seenInboundSeq ?? 0, me).slice(-1));
  }

  protected newer(): Message[] {
    const from = this.begun.get(this.of) ?? this.unsent.seenInboundSeq;
    return from === undefined || this.blank ? [] : newerThan(this.items, from, this.me);
  }

  /** The last item that the writer has seen, where the newest is on screen. */
  protected seen({ lastMessage }: SharedConversation): { expectedLastSeq?: number } {
    const last = this.items.at(-1);
    return last && (!lastMessage || last.createdAt >= lastMessage.at) ? { expectedLastSeq: last.seq } : {};
  }

  /** The writer has seen all that is there now. */
  protected sawAll(): void {
    const { conversation, items } = this;
    if (!conversation) return;
    this.warned = false;
    this.begun.set(this.of, items.at(-1)?.seq ?? conversation.lastInboundSeq);
    this.keep({ refusal: undefined, seenInboundSeq: conversation.lastInboundSeq });
  }

  /** Changes what is being written, here at once and where it is kept. */
  protected keep(change: Partial<Unsent>): void {
    this.unsent = { ...this.unsent, ...change };
    this.port?.change(change);
  }

  /** Keeps a reply as it is typed. As soon as there is any, it is settled where it goes and what it answers. */
  protected write(reply: string, rich: Unsent['rich']): void {
    const { conversation } = this;
    if (!conversation) return;
    const formatted = reply === '' ? { rich: undefined } : rich === undefined ? {} : { rich };
    if (reply !== '') this.begin();
    // What it answers is known once the conversation has been read.
    this.keep({ reply, ...formatted, ...(this.items.length > 0 ? { aim: this.aim(this.around(conversation)) } : {}) });
    if (this.blank) this.end();
    this.port?.typing(reply !== '');
  }

  /** Somebody begins to write, or to attach. */
  protected begin(): void {
    const { conversation } = this;
    if (!conversation || !this.blank) return;
    this.begun.set(this.of, this.items.at(-1)?.seq ?? conversation.lastInboundSeq);
    this.keep({ seenInboundSeq: conversation.lastInboundSeq, ...(this.items.length > 0 ? { aim: this.aim(this.around(conversation)) } : {}) });
  }

  /** Nothing is left of what was written. */
  protected end(): void {
    this.begun.delete(this.of);
    this.warned = false;
    this.keep({ refusal: undefined, seenInboundSeq: undefined, aim: undefined, original: undefined });
  }

  /** The files of the reply, or of the note. */
  protected chips(): TemplateResult | typeof nothing {
    const { attached, conversation, filePort } = this;
    return attached.length === 0
      ? nothing
      : html`<composer-files .of=${conversation?.id} .files=${attached} .port=${filePort} @file-remove=${this.handleFileRemoved}></composer-files>`;
  }

  /** The files of what is written now. */
  protected get attached(): readonly UnsentFile[] {
    const { mode, files = [], noteFiles = [] } = this.unsent;
    return mode === 'note' ? noteFiles : files;
  }

  /** What keeps the files of what is written now: those of a note never come near a reply. */
  private get filePort(): ComposerPort | undefined {
    const { port } = this;
    if (!port || this.unsent.mode !== 'note') return port;
    if (this.noteFilesPort?.of !== port) this.noteFilesPort = { of: port, port: { ...port, changeFiles: port.changeNoteFiles } };
    return this.noteFilesPort.port;
  }

  /** Why what is not filled in, or the files, keep a reply from going out. */
  protected hindered(channel: Channel | undefined): string | undefined {
    const gaps = channel && gapsOf(this.unsent.reply);
    if (gaps) return this.composing.t.quick.gaps(listed(this.words.tag, gaps.names));
    return this.attaching.hindrance(this.attached, channel, channel ? channelName(this.words, channel) : '', this.composing);
  }

  /** Why not all files were taken. */
  protected leftOut(channel: Channel | undefined): string | undefined {
    return this.attaching.leftOut(channel ? channelName(this.words, channel) : this.words.t.thread.composer.note, this.composing);
  }

  private readonly handleFileRemoved = ({ detail: key }: CustomEvent<string>): void => {
    const left = this.attached.filter((one) => one.key !== key);
    this.unsent = { ...this.unsent, [this.unsent.mode === 'note' ? 'noteFiles' : 'files']: left };
    this.attaching.reset();
    if (this.blank) this.end();
    if (left.length === 0) void this.updateComplete.then(() => this.focus());
  };

  /** What files would go along with: nothing, where no reply can be written now. */
  private filesOf(): FilesOf | undefined {
    const { conversation, unsent, filePort: port } = this;
    if (!conversation || !port) return undefined;
    if (unsent.mode === 'note') return { of: conversation.id, channel: undefined, files: this.attached, port };
    if (this.blank && (this.locked || this.obstacle(conversation))) return undefined;
    return { of: this.of, channel: this.target(conversation).channel, files: unsent.files ?? [], port };
  }
}
