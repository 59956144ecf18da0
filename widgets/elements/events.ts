import type { Channel } from '../../server/contract/common.ts';
import type { Connection } from '../store/state.ts';
import type { ProblemCode } from '../store/problem.ts';

/** What was searched for, and the message or note that was found. */
export interface Sought {
  readonly q: string;
  readonly messageId?: string;
}

/**
 * What the operators' elements tell the page round them. They bubble and leave shadow roots, so any ancestor may listen.
 * The customer's chat has events of its own, typed on that element.
 */
export interface ConvEvents {
  /** Another conversation is open, or is to be; null for none. */
  'conv-open': CustomEvent<{ readonly conversationId: string | null; readonly found?: Sought }>;
  /** The pool looks at something else; its property `filter` takes this back. */
  'conv-filter': CustomEvent<{ readonly filter: Readonly<Record<string, unknown>> }>;
  /** The connection stands otherwise. */
  'conv-connection': CustomEvent<{ readonly connection: Connection }>;
  /** The operator's token is not taken any more, and no other is to be had. */
  'conv-unauthorized': CustomEvent<Record<string, never>>;
  /** Something that was asked for was not done. */
  'conv-error': CustomEvent<{ readonly code: ProblemCode; readonly detail: string; readonly action: string; readonly conversationId?: string }>;
  /** The way back from a conversation was taken. */
  'conv-back': CustomEvent<{ readonly conversationId: string | undefined }>;
  /** The side panel is wanted. */
  'conv-details': CustomEvent<{ readonly conversationId: string | undefined }>;
  /** The side panel is to be hidden. */
  'conv-details-close': CustomEvent<null>;
  /** An operator took the conversation from a handoff's banner. */
  'conv-assumed': CustomEvent<{ readonly conversationId: string }>;
  /** Another draft of the approval queue is looked at; null for none. */
  'conv-draft': CustomEvent<{ readonly draftId: string | null }>;
  /** A draft was sent, rejected or let go of here; the detail is its id. */
  'conv-draft-settled': CustomEvent<string>;
  /** A draft's wording was taken over into the composer of a conversation. */
  'conv-write': CustomEvent<{ readonly conversationId: string }>;
  /** Another ticket was opened; null for the list. */
  'conv-ticket': CustomEvent<{ readonly ticketId: string | null }>;
  /** The tickets are to be hidden. */
  'conv-tickets-close': CustomEvent<null>;
  /** A section of the settings is open, or is to be. */
  'conv-section': CustomEvent<{ readonly section: string }>;
  /** The report is of something else. */
  'conv-report-look': CustomEvent<{ readonly days: number; readonly from?: string; readonly to?: string; readonly agent?: string; readonly channel?: Channel }>;
  /** Where something is changed that the report tells of: a section of the settings, and what of it. */
  'conv-report-go': CustomEvent<{ readonly section: string; readonly kind: string; readonly key: string | null; readonly label: string }>;
}

declare global {
  interface HTMLElementEventMap extends ConvEvents {}
}
