import { html, nothing, type TemplateResult } from 'lit';
import type { Status } from '../../server/contract/common.ts';
import type { SharedConversation } from '../../server/contract/conversation.ts';
import type { operator } from '../locales/en/operator.ts';
import type { StoreElement } from '../store/element.ts';
import { unreadOf } from '../store/select.ts';
import { icon } from '../ui/icon.ts';
import {
  archive,
  bell,
  clock,
  done,
  eye,
  handoff,
  kebab,
  leave,
  link,
  merge,
  pause,
  people,
  play,
  printer,
  robot,
  skill,
  tag,
  ticket,
  transfer,
  translate,
  undo,
} from '../ui/icons.ts';
import { Menu, type MenuEntry, type MenuItem } from '../ui/menu.ts';
import { keysFor, type Action } from '../ui/shortcuts.ts';
import { toast } from '../ui/toast.ts';
import type { Spoken } from '../ui/words.ts';
import { called } from './called.ts';
import type { HandOffDialog } from './hand-off-dialog.ts';
import type { Written } from './macro-run.ts';
import type { MergeDialog } from './merge-dialog.ts';
import type { PauseDialog } from './pause-dialog.ts';
import type { PrintDialog } from './print-dialog.ts';
import type { SnoozeDialog } from './snooze-dialog.ts';
import type { ThreadDesk } from './thread-desk.ts';
import type { ConvLog } from './thread-log.ts';
import { linkTo } from './thread-link.ts';
import type { TransferToAiDialog } from './transfer-to-ai-dialog.ts';

/** Something that can be done, and what its keys are named by. */
type Line = MenuItem & { readonly action: Action };

/** What can be done with an open conversation, and the dialogs that ask first. */
export class ThreadMenu {
  private readonly menu: Menu;
  /** Fetched when they are first needed. */
  private ai?: TransferToAiDialog;
  private people?: HandOffDialog;
  private pause?: PauseDialog;
  private later?: SnoozeDialog;
  private desk?: ThreadDesk;
  private merging?: MergeDialog;
  private printing?: PrintDialog;
  private conversation?: SharedConversation;
  private me?: string;

  constructor(
    private readonly host: StoreElement & Written,
    private readonly words: Spoken<typeof operator>,
  ) {
    this.menu = new Menu(host);
  }

  render({ conversation, me }: { conversation: SharedConversation; me: string | undefined }): TemplateResult {
    this.conversation = conversation;
    this.me = me;
    const label = this.words.t.thread.moreActions;
    return this.menu.menu({ look: 'btn ghost icon', content: icon(kebab), label }, label, () => this.entries(conversation), 'end');
  }

  /** The dialogs; they stand last in the template. */
  dialogs(): TemplateResult {
    return html`${this.ai?.render() ?? nothing}${this.people?.render() ?? nothing}${this.pause?.render() ?? nothing}${this.later?.render() ?? nothing}${this.desk?.render() ?? nothing}${this.merging?.render() ?? nothing}${this.printing?.render() ?? nothing}`;
  }

  async transferToAi(): Promise<void> {
    this.ai ??= new (await import('./transfer-to-ai-dialog.ts')).TransferToAiDialog(this.host, this.words);
    if (this.conversation) this.ai.show(this.conversation);
  }

  private async handOff(): Promise<void> {
    this.people ??= new (await import('./hand-off-dialog.ts')).HandOffDialog(this.host, this.words);
    if (this.conversation) this.people.show(this.conversation);
  }

  private async pauseAi({ contact }: SharedConversation): Promise<void> {
    this.pause ??= new (await import('./pause-dialog.ts')).PauseDialog(this.host, this.words);
    this.pause.show(contact);
  }

  /** Asks a teammate to take the conversation. */
  transfer(): void {
    void this.atDesk((desk, conversation) => desk.transfer(conversation));
  }

  createTicket(): void {
    void this.atDesk((desk, conversation) => desk.createTicket(conversation));
  }

  /** Asks until when the conversation is to be put off; one that is comes back. */
  async snooze(): Promise<void> {
    const { conversation } = this;
    if (!conversation) return;
    this.later ??= new (await import('./snooze-dialog.ts')).SnoozeDialog(this.host);
    if (conversation.snoozedUntil) await this.later.end(conversation);
    else this.later.show(conversation);
  }

  /** Closes, archives or reopens the conversation, with a way back. */
  async setStatus(status: Status): Promise<void> {
    const { store } = this.host;
    const { conversation } = this;
    if (!store || !conversation) return;
    const before = conversation.status;
    const answer = await store.conversations.patch(conversation.id, { status });
    if (!answer.ok) return;
    const { t } = this.words;
    toast(this.host, {
      text: t.thread.menu.undone[status],
      dismiss: t.common.dismiss,
      acts: [{ label: t.common.undo, undo: true, run: () => void store.conversations.patch(conversation.id, { status: before }) }],
    });
  }

  /** What can be done with a conversation, and why not; each by keys too. */
  entries(conversation: SharedConversation): MenuEntry[] {
    const { chosenKeys } = this.host;
    return this.lines(conversation).map((line) => (line === 'line' ? line : { ...line, keys: keysFor(chosenKeys, line.action) }));
  }

  /** Does what keys ask for; false where it is not to be done now. */
  act(action: Action): boolean {
    const { conversation } = this;
    const line = conversation && this.lines(conversation).find((one) => one !== 'line' && one.action === action);
    if (!line || line === 'line' || line.refused) return false;
    line.run();
    return true;
  }

  private lines(conversation: SharedConversation): (Line | 'line')[] {
    const { t } = this.words;
    const { menu } = t.thread;
    const { contact, status, assignee, participants } = conversation;
    const own = assignee !== null && assignee.id === this.me;
    const takesPart = own || participants.some(({ id }) => id === this.me);
    return [
      { action: 'transfer', label: menu.transfer, glyph: transfer, run: () => this.transfer() },
      { action: 'ticket', label: menu.createTicket, glyph: ticket, run: () => this.createTicket() },
      {
        action: 'transferToAi',
        label: t.thread.transferToAi,
        glyph: robot,
        refused: contact.aiPaused ? t.thread.noPause(called(contact, this.words)) : undefined,
        run: () => void this.transferToAi(),
      },
      { action: 'handOff', label: menu.handOff, glyph: handoff, refused: conversation.handoff ? menu.handedOff : undefined, run: () => void this.handOff() },
      { action: 'macro', label: t.pool.bulk.macro, glyph: skill, run: () => void this.atDesk((desk, one) => desk.runMacro(one, this.host)) },
      { action: 'copyLink', label: menu.copyLink, glyph: link, run: () => void this.copyLink(conversation.id) },
      { action: 'print', label: menu.print, glyph: printer, run: () => void this.print(conversation.id) },
      'line',
      contact.aiPaused
        ? { action: 'pauseAi', label: menu.resumeAi, glyph: play, run: () => void this.host.store?.contacts.resumeAi(contact.id) }
        : { action: 'pauseAi', label: menu.pause, glyph: pause, run: () => void this.pauseAi(conversation) },
      { action: 'tags', label: t.details.tags, glyph: tag, run: () => void this.atDesk((desk, one) => desk.setTags(one)) },
      takesPart
        ? { action: 'take', label: menu.leave, glyph: leave, refused: own ? menu.leaveRefused : undefined, run: () => void this.take('leave', conversation.id) }
        : { action: 'take', label: menu.join, glyph: people, run: () => void this.take('join', conversation.id) },
      { action: 'translate', label: this.log?.translating.isWhole ? menu.showOriginals : menu.translate, glyph: translate, run: () => this.translate() },
      ...(conversation.inboundCount > 0 ? [this.mark(conversation)] : []),
      'line',
      { action: 'merge', label: menu.merge, glyph: merge, run: () => void this.merge() },
      ...(conversation.mergeId
        ? [{ action: 'unmerge', label: menu.unmerge, glyph: undo, run: () => void this.merge(conversation.mergeId ?? undefined) } as const]
        : []),
      status === 'open'
        ? { action: 'close', label: menu.close, glyph: done, run: () => void this.setStatus('closed') }
        : { action: 'close', label: menu.reopen, glyph: undo, run: () => void this.setStatus('open') },
      ...(status === 'open'
        ? [
            {
              action: 'snooze',
              label: conversation.snoozedUntil ? menu.unsnooze : menu.snooze,
              glyph: conversation.snoozedUntil ? undo : clock,
              run: () => void this.snooze(),
            } as const,
          ]
        : []),
      ...(status === 'archived' ? [] : [{ action: 'archive', label: menu.archive, glyph: archive, run: () => void this.setStatus('archived') } as const]),
    ];
  }

  private mark({ id }: SharedConversation): Line {
    const { store } = this.host;
    const { menu } = this.words.t.thread;
    if (store && unreadOf(store.get(), id) > 0)
      return { action: 'markUnread', label: menu.markRead, glyph: eye, run: () => void store.conversations.markRead(id) };
    return { action: 'markUnread', label: menu.markUnread, glyph: bell, run: () => void this.keepUnread(id) };
  }

  /** Marks what the customer said last as unread; it stays so while it is looked at, and says until when. */
  private async keepUnread(id: string): Promise<void> {
    const { store } = this.host;
    if (!(await store?.conversations.markUnread(id))?.ok) return;
    const { t } = this.words;
    toast(this.host, {
      text: t.thread.menu.keptUnread,
      dismiss: t.common.dismiss,
      acts: [{ label: t.common.undo, undo: true, run: () => void store?.conversations.markRead(id) }],
    });
  }

  /** Reads the conversation in one's own language, or as it was written again. */
  translate(): void {
    this.log?.translating.setWhole(!this.log.translating.isWhole);
  }

  private get log(): ConvLog | null {
    return this.host.renderRoot.querySelector('conv-log');
  }

  /** Prints the whole conversation, also what was not loaded yet. */
  private async print(id: string): Promise<void> {
    this.printing ??= new (await import('./print-dialog.ts')).PrintDialog(this.host, this.words);
    if (this.log) await this.printing.show(this.log, id);
  }

  /** Asks with which conversation this one is to be merged, or parts it from the one that was merged into it last. */
  async merge(undo?: string): Promise<void> {
    const { conversation } = this;
    if (!conversation) return;
    this.merging ??= new (await import('./merge-dialog.ts')).MergeDialog(this.host, this.words);
    await (undo ? this.merging.undo(undo) : this.merging.show(conversation.id));
  }

  private async atDesk(run: (desk: ThreadDesk, conversation: SharedConversation) => void): Promise<void> {
    const { conversation } = this;
    if (!conversation) return;
    this.desk ??= new (await import('./thread-desk.ts')).ThreadDesk(this.host, this.words);
    run(this.desk, conversation);
  }

  private async take(part: 'join' | 'leave', id: string): Promise<void> {
    const answer = await this.host.store?.conversations[part](id);
    const { t } = this.words;
    if (answer?.ok) toast(this.host, { text: part === 'join' ? t.thread.menu.joined : t.thread.menu.left, dismiss: t.common.dismiss });
  }

  /** Copies a link to the conversation, or to one item of it. */
  async copyLink(id: string, messageId?: string): Promise<void> {
    const { t } = this.words;
    const copied = await navigator.clipboard.writeText(linkTo(id, location.href, messageId)).then(
      () => true,
      () => false,
    );
    toast(this.host, { text: copied ? t.thread.menu.copied : t.thread.menu.notCopied, dismiss: t.common.dismiss });
  }
}
