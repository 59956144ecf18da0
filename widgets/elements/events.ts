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
}

declare global {
  interface HTMLElementEventMap extends ConvEvents {}
}
