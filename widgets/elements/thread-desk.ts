import { html, type TemplateResult } from 'lit';
import type { SharedConversation } from '../../server/contract/conversation.ts';
import type { operator } from '../locales/en/operator.ts';
import type { StoreElement } from '../store/element.ts';
import { toast } from '../ui/toast.ts';
import { words as spoken, type Spoken } from '../ui/words.ts';
import { poolingTexts } from '../locales/pooling.ts';
import { MacroDialog } from './macro-dialog.ts';
import { runMacro, type Written } from './macro-run.ts';
import { PoolTags } from './pool-tags.ts';
import { TicketDialog } from './ticket-dialog.ts';
import { TransferToPersonDialog } from './transfer-to-person-dialog.ts';

/** What is asked for from the menu of a conversation and fetched with the first time. */
export class ThreadDesk {
  private readonly person: TransferToPersonDialog;
  private readonly ticket: TicketDialog;
  private readonly macros: MacroDialog;
  private readonly tags: PoolTags;
  private readonly told;

  constructor(
    private readonly host: StoreElement,
    private readonly words: Spoken<typeof operator>,
  ) {
    this.person = new TransferToPersonDialog(host, words);
    this.ticket = new TicketDialog(host, words);
    this.macros = new MacroDialog(host);
    this.tags = new PoolTags(host, words);
    this.told = spoken(host, poolingTexts);
  }

  transfer(conversation: SharedConversation): void {
    this.person.show(conversation);
  }

  createTicket(conversation: SharedConversation): void {
    this.ticket.show(conversation);
  }

  /** Asks which macro, and runs it. @param into where its quick reply is written */
  runMacro({ id }: SharedConversation, into: Written): void {
    this.macros.ask(false, (macro) => void runMacro(this.host, into, id, macro, this.macros.words));
  }

  /** Asks which tags the conversation is to carry; what came of it has a way back. */
  setTags(conversation: SharedConversation): void {
    this.tags.ask({ loaded: [conversation], total: 1 }, async ({ addTags = [], removeTags = [] }) => {
      const {
        host,
        words: { t },
        told,
      } = this;
      const before = conversation.tags.map(({ name }) => name);
      const put = (tags: readonly string[]) => host.store?.conversations.patch(conversation.id, { tags: [...tags] });
      const answer = await put([...before.filter((name) => !removeTags.includes(name)), ...addTags.filter((name) => !before.includes(name))]);
      if (answer?.ok)
        toast(host, { text: told.t.run.changed(1, '1'), dismiss: t.common.dismiss, acts: [{ label: t.common.undo, undo: true, run: () => void put(before) }] });
    });
  }

  /** The dialogs; they stand last in the template. */
  render(): TemplateResult {
    return html`${this.person.render()}${this.ticket.render()}${this.macros.render()}${this.tags.render()}`;
  }
}
