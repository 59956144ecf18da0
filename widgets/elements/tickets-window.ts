import type { StoreElement } from '../store/element.ts';
import type { ConvTickets } from './conv-tickets.ts';

/**
 * Shows the tickets, or one of them, over what stands there. For hosts with the sheet of dialogs.
 * @param open opens a conversation; without it the host says that one is to be opened (`conv-open`)
 */
export function openTickets(host: StoreElement, ticketId?: string, open?: (conversationId: string) => void): void {
  void import('./conv-tickets.ts').then(() => {
    const doc = host.ownerDocument;
    const dialog = doc.createElement('dialog');
    dialog.className = 'dialog wide';
    const tickets: ConvTickets = doc.createElement('conv-tickets');
    tickets.hasClose = true;
    tickets.ticket = ticketId;
    if (host.answers) Object.assign(tickets, { base: host.base, workspace: host.workspace, token: host.token, getToken: host.getToken });
    dialog.append(tickets);
    dialog.addEventListener('close', () => dialog.remove());
    dialog.addEventListener('conv-tickets-close', () => dialog.close());
    dialog.addEventListener('keydown', (event) => event.stopPropagation());
    dialog.addEventListener('pointerdown', (event) => event.target === dialog && dialog.close());
    dialog.addEventListener('conv-open', (event) => {
      event.stopPropagation();
      dialog.close();
      const { conversationId } = (event as CustomEvent<{ conversationId: string }>).detail;
      if (open) open(conversationId);
      else host.dispatchEvent(new CustomEvent('conv-open', { detail: { conversationId }, bubbles: true, composed: true }));
    });
    host.renderRoot.append(dialog);
    dialog.setAttribute('aria-label', tickets.label);
    dialog.showModal();
  });
}
