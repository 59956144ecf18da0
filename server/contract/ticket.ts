import { z } from 'zod';
import { Actor, Id, LongText, Name, page, PageQuery, Person, Priority, Time } from './common.ts';
import { SharedConversation, Transfer } from './conversation.ts';
import { endpoint } from './endpoint.ts';
import { Message } from './message.ts';
import { Why } from './why.ts';

export const TicketStatus = z.enum(['open', 'pending', 'solved']);
export type TicketStatus = z.infer<typeof TicketStatus>;

/** A conversation as it stood when its ticket was made; nothing changes it later. */
export const Snapshot = z.object({ takenAt: Time, conversation: SharedConversation, messages: z.array(Message) });
export type Snapshot = z.infer<typeof Snapshot>;

export const Ticket = z.object({
  id: Id,
  /** Counts up by one in the workspace. */
  number: z.number().int(),
  /** Null once the conversation is gone. */
  conversationId: Id.nullable(),
  /** The customer; null once the conversation is gone. */
  contact: z.object({ id: Id, name: z.string() }).nullable(),
  title: z.string(),
  description: z.string(),
  status: TicketStatus,
  priority: Priority,
  assignee: Person.nullable(),
  createdBy: Actor,
  /** How the outside tracker took it; null where none was configured. */
  tracker: z
    .object({
      status: z.enum(['pending', 'sent', 'failed']),
      error: z.string().nullable(),
      why: Why.optional(),
      attempts: z.number().int(),
      nextAttemptAt: Time.nullable(),
      /** The tracker's own id and address of the ticket, as it answered. */
      id: z.string().nullable(),
      url: z.string().nullable(),
    })
    .nullable(),
  version: z.number().int(),
  createdAt: Time,
  updatedAt: Time,
});
export type Ticket = z.infer<typeof Ticket>;

export const TicketWithSnapshot = Ticket.extend({ snapshot: Snapshot });
export type TicketWithSnapshot = z.infer<typeof TicketWithSnapshot>;

export const NewTicket = z.strictObject({ title: Name, description: LongText.optional(), priority: Priority.optional(), assigneeId: Id.nullable().optional() });
export const PatchTicket = z
  .strictObject({ title: Name, description: LongText, status: TicketStatus, priority: Priority, assigneeId: Id.nullable() })
  .partial();
export type PatchTicket = z.infer<typeof PatchTicket>;

export const TicketsQuery = z.object({
  status: TicketStatus.optional(),
  assigneeId: Id.or(z.enum(['me', 'none'])).optional(),
  conversationId: Id.optional(),
  ...PageQuery.shape,
});

/** The outside tracker, as operators see it: its secret is never shown. */
export const Tracker = z.object({ url: z.string().nullable(), hasSecret: z.boolean() });
export type Tracker = z.infer<typeof Tracker>;
export const PatchTracker = z
  .strictObject({
    url: z
      .url({ protocol: /^https?$/ })
      .max(2_000)
      .nullable(),
    /** Base64 of 24 to 64 bytes, with `whsec_` before it or without, as Standard Webhooks have it. */
    secret: z.string().regex(/^(whsec_)?[A-Za-z0-9+/]{32,88}={0,2}$/),
  })
  .partial();
export type PatchTracker = z.infer<typeof PatchTracker>;

const one = '/v1/tickets/:id' as const;

export const ticketEndpoints = {
  createTicket: endpoint({
    method: 'post',
    path: '/v1/conversations/:id/tickets',
    audience: 'operator',
    summary: 'Make a ticket of the conversation as it stands',
    body: NewTicket,
    status: 201,
    response: TicketWithSnapshot,
    idempotent: true,
  }),
  listTickets: endpoint({
    method: 'get',
    path: '/v1/tickets',
    audience: 'operator',
    scope: 'conversations:read',
    summary: 'Tickets, newest first',
    query: TicketsQuery,
    status: 200,
    response: page(Ticket),
  }),
  getTicket: endpoint({
    method: 'get',
    path: one,
    audience: 'operator',
    scope: 'conversations:read',
    summary: 'One ticket, with its snapshot',
    status: 200,
    response: TicketWithSnapshot,
  }),
  patchTicket: endpoint({
    method: 'patch',
    path: one,
    audience: 'operator',
    scope: 'tickets:write',
    summary: 'Change a ticket; its snapshot stays',
    body: PatchTicket,
    status: 200,
    response: TicketWithSnapshot,
    ifMatch: 'optional',
  }),
  resendTicket: endpoint({
    method: 'post',
    path: `${one}/resend`,
    audience: 'operator',
    summary: 'Tell the tracker again what it did not take',
    status: 200,
    response: Ticket,
    idempotent: true,
  }),
  getTracker: endpoint({
    method: 'get',
    path: '/v1/workspace/tracker',
    audience: 'operator',
    summary: 'Where tickets are passed on to',
    status: 200,
    response: Tracker,
  }),
  patchTracker: endpoint({
    method: 'patch',
    path: '/v1/workspace/tracker',
    audience: 'admin',
    summary: 'Set or remove where tickets are passed on to',
    body: PatchTracker,
    status: 200,
    response: Tracker,
  }),
  listTransfers: endpoint({
    method: 'get',
    path: '/v1/transfers',
    audience: 'operator',
    summary: 'Transfers that wait for an answer, by or to the caller',
    status: 200,
    response: z.object({ items: z.array(Transfer) }),
  }),
};
