import { html, type TemplateResult } from 'lit';
import type { SharedConversation } from '../../server/contract/conversation.ts';
import type { operator } from '../locales/en/operator.ts';
import type { StoreElement } from '../store/element.ts';
import type { Spoken } from '../ui/words.ts';
import { MacroDialog } from './macro-dialog.ts';
import { runMacro, type Written } from './macro-run.ts';
import { TicketDialog } from './ticket-dialog.ts';
import { TransferToPersonDialog } from './transfer-to-person-dialog.ts';

/** What is asked for from the menu of a conversation and fetched with the first time. */
export class ThreadDesk {
  private readonly person: TransferToPersonDialog;
  private readonly ticket: TicketDialog;
  private readonly macros: MacroDialog;

  constructor(
    private readonly host: StoreElement,
    words: Spoken<typeof operator>,
  ) {
    this.person = new TransferToPersonDialog(host, words);
    this.ticket = new TicketDialog(host, words);
    this.macros = new MacroDialog(host);
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

  /** The dialogs; they stand last in the template. */
  render(): TemplateResult {
    return html`${this.person.render()}${this.ticket.render()}${this.macros.render()}`;
  }
}
