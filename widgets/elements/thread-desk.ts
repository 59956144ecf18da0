import { html, type TemplateResult } from 'lit';
import type { SharedConversation } from '../../server/contract/conversation.ts';
import type { operator } from '../locales/en/operator.ts';
import type { StoreElement } from '../store/element.ts';
import type { Spoken } from '../ui/words.ts';
import { TicketDialog } from './ticket-dialog.ts';
import { TransferToPersonDialog } from './transfer-to-person-dialog.ts';

/** What is asked for from the menu of a conversation and fetched with the first time. */
export class ThreadDesk {
  private readonly person: TransferToPersonDialog;
  private readonly ticket: TicketDialog;

  constructor(host: StoreElement, words: Spoken<typeof operator>) {
    this.person = new TransferToPersonDialog(host, words);
    this.ticket = new TicketDialog(host, words);
  }

  transfer(conversation: SharedConversation): void {
    this.person.show(conversation);
  }

  createTicket(conversation: SharedConversation): void {
    this.ticket.show(conversation);
  }

  /** The dialogs; they stand last in the template. */
  render(): TemplateResult {
    return html`${this.person.render()}${this.ticket.render()}`;
  }
}
