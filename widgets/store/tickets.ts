import type { z } from 'zod';
import type { NewTicket, PatchTicket, PatchTracker, Ticket, TicketWithSnapshot, Tracker } from '../../server/contract/ticket.ts';
import type { Core, Result } from './core.ts';
import { resolve } from './select.ts';

/** What narrows the list of tickets. */
export interface TicketLook {
  readonly status?: Ticket['status'];
  readonly assigneeId?: string;
  readonly conversationId?: string;
}

export interface TicketPage {
  readonly items: readonly Ticket[];
  readonly nextCursor: string | null;
}

/** What is asked of tickets; fetched with the parts that show them. */
export class Tickets {
  constructor(private readonly core: Core) {}

  /** Makes a ticket of a conversation as it stands; asked again with the same key it is the same one. */
  create(conversationId: string, json: z.input<typeof NewTicket>, key: string): Promise<Result<TicketWithSnapshot>> {
    const id = resolve(this.core.get(), conversationId);
    return this.core.ask(() => this.core.client.api.v1.conversations[':id'].tickets.$post({ param: { id }, json, header: { 'idempotency-key': key } }));
  }

  /** A page of tickets, newest first. */
  list(look: TicketLook, cursor?: string): Promise<Result<TicketPage>> {
    const { status, assigneeId, conversationId } = look;
    const query = {
      limit: '30',
      ...(status ? { status } : {}),
      ...(assigneeId ? { assigneeId } : {}),
      ...(conversationId ? { conversationId: resolve(this.core.get(), conversationId) } : {}),
      ...(cursor ? { cursor } : {}),
    };
    return this.core.ask(() => this.core.client.api.v1.tickets.$get({ query }));
  }

  /** One ticket with its snapshot. */
  read(id: string): Promise<Result<TicketWithSnapshot>> {
    return this.core.ask(() => this.one.$get({ param: { id } }));
  }

  /** Changes a ticket, unless somebody else did since `version`. */
  patch(id: string, version: number, json: PatchTicket): Promise<Result<TicketWithSnapshot>> {
    return this.core.ask(() => this.one.$patch({ param: { id }, json, header: { 'if-match': `"${version}"` } }));
  }

  /** Tells the tracker again what it did not take. */
  resend(id: string): Promise<Result<Ticket>> {
    return this.core.ask(() => this.one.resend.$post({ param: { id } }));
  }

  /** Where tickets are passed on to. */
  tracker(): Promise<Result<Tracker>> {
    return this.core.ask(() => this.core.client.api.v1.workspace.tracker.$get({}));
  }

  /** Sets where tickets are passed on to; null for nowhere. */
  setTracker(json: PatchTracker): Promise<Result<Tracker>> {
    return this.core.ask(() => this.core.client.api.v1.workspace.tracker.$patch({ json }));
  }

  private get one() {
    return this.core.client.api.v1.tickets[':id'];
  }
}
