import type { Channel } from '../../server/contract/common.ts';
import type { Contact } from '../../server/contract/contact.ts';
import type { Conversation, Counts as CountsSchema, SharedConversation, Transfer, Working } from '../../server/contract/conversation.ts';
import type { TimelineEntry } from '../../server/contract/timeline.ts';
import type { Draft } from '../../server/contract/draft.ts';
import type { Notification } from '../../server/contract/events.ts';
import type { Message, SendMessage } from '../../server/contract/message.ts';
import type { Me } from '../../server/contract/operator.ts';
import type { Original } from '../../server/contract/translate.ts';
import type { z } from 'zod';
import type { Uploaded } from './client.ts';
import type { PoolFilter } from './filter.ts';
import type { Lists } from './lists.ts';
import type { ApiProblem, ProblemCode } from './problem.ts';
import { Table } from './table.ts';

/** How live the state is: as it was read first, following, on its own, or turned away. */
export type Connection = 'connecting' | 'live' | 'offline' | 'unauthorized';

export type Counts = z.infer<typeof CountsSchema>;
export type Match = NonNullable<Conversation['match']>;

/** How far the operator has read a conversation: a number of inbound messages, and when this was learnt (a count of changes). */
interface ReadMark {
  readonly count: number;
  readonly tick: number;
}

/** One list of conversations, by its filter. */
export interface Pool {
  readonly filter: PoolFilter;
  /** Whom the contact of the filter has become, where it was merged. */
  readonly contactId?: string;
  /** In order, as far as loaded. */
  readonly ids: readonly string[];
  readonly nextCursor: string | null;
  /** The last row of the last page, as it was then: the next page begins behind it, wherever it stands by now. */
  readonly edge?: SharedConversation;
  readonly loaded: boolean;
  readonly loading: boolean;
  readonly problem?: ApiProblem;
  /** Where the words searched for were found, by conversation. */
  readonly found: Readonly<Record<string, Match>>;
}

/** What an operator has sent and the server has not answered yet. */
export interface Pending {
  /** Its Idempotency-Key; the same at each attempt. */
  readonly key: string;
  readonly kind: 'message' | 'note';
  readonly body: SendMessage & { readonly mentions?: readonly string[] };
  /** `waits` for the connection or those before it, is on its way, or was `refused` and waits for its writer. */
  readonly stage: 'waits' | 'sending' | 'refused';
  readonly problem?: ApiProblem;
  readonly createdAt: string;
  /** What was being written that it was made of: goes back to the composer when it is refused. */
  readonly written?: Partial<Unsent>;
}

/** How the items beyond an end of what is loaded are asked for: on from a page, or round the last item that was kept. */
export type Beyond = { readonly before: string } | { readonly after: string } | { readonly around: string };

/** The items of an open conversation, as far as loaded, and what is on its way to it. */
export interface Thread {
  /** By seq, without holes. */
  readonly items: readonly Message[];
  /** Where to go on to older and newer ones; null at an end. */
  readonly before: Beyond | null;
  readonly after: Beyond | null;
  readonly loaded: boolean;
  readonly loading?: 'open' | 'older' | 'newer';
  readonly problem?: ApiProblem;
  /** Seq of the first message that was unread when the conversation was opened. */
  readonly firstUnreadSeq: number | null;
  /** Something is missing or was renumbered: to be read again. */
  readonly stale?: boolean;
  /** Its items have other places since, and some may stand elsewhere: those that are read take the place of all. */
  readonly replaced?: boolean;
  readonly pending: readonly Pending[];
}

/** Somebody who gets a copy of a mail. */
export type Copy = NonNullable<SendMessage['cc']>[number];

/** What a mail answers, as it goes along below the answer. */
export interface Quoted {
  readonly name: string;
  readonly at: string;
  readonly text: string;
}

/** Where a reply goes and what it answers, as it stood when the writing began: nothing that comes later changes it. */
export interface Aim {
  readonly identityId: string;
  readonly channel: Channel;
  readonly subject: string;
  readonly cc: readonly Copy[];
  readonly quoted?: Quoted;
}

/** A file that goes along with a reply: on its way to the server, there, or refused. */
export interface UnsentFile {
  /** Names it as long as it belongs to the reply. */
  readonly key: string;
  readonly name: string;
  /** Its media type: as the browser tells until the server does. */
  readonly type: string;
  /** In bytes. */
  readonly size: number;
  /** Where it comes from; gone once the page was left. */
  readonly file?: File;
  /** How much of it has been sent, from 0 to 1. */
  readonly share?: number;
  readonly sent?: Uploaded;
  /** When it was sent, in milliseconds since 1970. */
  readonly sentAt?: number;
  /** Why it is not there; `most` is what is allowed, in bytes, where that is known. `interrupted`: the page was left before it had gone up. */
  readonly failed?: { readonly code: ProblemCode | 'empty' | 'interrupted'; readonly detail: string; readonly most?: number };
}

/** What somebody is writing to a conversation, kept through everything. */
export interface Unsent {
  readonly mode: 'reply' | 'note';
  readonly reply: string;
  readonly note: string;
  /** Operators mentioned in the note. */
  readonly mentions: readonly string[];
  /** The reply with its formatting, while its text is still that of `reply`. */
  readonly rich?: { readonly text: string; readonly doc: unknown };
  /** A mail is written without formatting. */
  readonly plain?: boolean;
  /** What goes along with the reply. */
  readonly files?: readonly UnsentFile[];
  /** What goes along with the note; never with a reply. */
  readonly noteFiles?: readonly UnsentFile[];
  /** Of a mail, where they were changed: otherwise those of its aim. */
  readonly subject?: string;
  readonly cc?: readonly Copy[];
  readonly bcc?: readonly Copy[];
  /** What is answered was taken out of the mail. */
  readonly unquoted?: boolean;
  readonly aim?: Aim;
  readonly identityId?: string;
  /** Of a reply that was translated: what was written, its formatting too. */
  readonly original?: Original & { readonly rich?: Unsent['rich'] };
  /** Draft that the reply began as. */
  readonly draftId?: string;
  /** The last inbound seq on screen when the writing began; a send names it. */
  readonly seenInboundSeq?: number;
  /** Why the last send came back. */
  readonly refusal?: { readonly code: string; readonly detail: string };
}

/** Something passing, and when it is no longer believed (milliseconds since 1970). */
export interface Passing<T> {
  readonly value: T;
  readonly until: number;
}

export interface Typist {
  readonly kind: 'contact' | 'operator';
  readonly id: string;
  readonly name: string;
}

/** Something that was asked and refused, for a toast. */
export interface Outcome {
  readonly id: number;
  readonly action: string;
  readonly conversationId?: string;
  readonly problem: ApiProblem;
}

/** A list that is read as a whole. */
export interface Listing<T> {
  readonly items: readonly T[];
  readonly loaded: boolean;
  readonly loading: boolean;
  readonly problem?: ApiProblem;
}

/** A list that is read page by page. */
export interface Paged<T> extends Listing<T> {
  readonly nextCursor: string | null;
}

/** A conversation that an operator has open, and since when. */
export interface Viewing {
  readonly conversationId: string;
  readonly since: string;
}

/** What somebody wants from the operator. */
export interface News extends Paged<Notification> {
  /** How many are unread, loaded or not. */
  readonly unread: number;
  /** Those that came and have not been shown. */
  readonly arrived: readonly Notification[];
}

/** What an operator did to a conversation and the API has not answered: shown over whatever comes meanwhile. */
export interface Expected {
  /** The conversation as it is without that. */
  readonly truth: SharedConversation;
  readonly changes: readonly ((conversation: SharedConversation) => SharedConversation)[];
}

export interface State {
  readonly connection: Connection;
  readonly me?: Me;
  readonly conversations: Table<SharedConversation>;
  /** By conversation. */
  readonly expected: Readonly<Record<string, Expected>>;
  readonly reads: Table<ReadMark>;
  /** Conversations that were merged: the id that was asked for, the id that answers. */
  readonly merged: Readonly<Record<string, string>>;
  readonly pools: Readonly<Record<string, Pool>>;
  readonly counts: Readonly<Record<string, Counts>>;
  readonly threads: Readonly<Record<string, Thread>>;
  readonly unsent: Readonly<Record<string, Unsent>>;
  readonly drafts: Table<Draft>;
  readonly contacts: Readonly<Record<string, Contact>>;
  readonly timelines: Readonly<Record<string, Paged<TimelineEntry>>>;
  readonly transfers: Readonly<Record<string, Transfer>>;
  readonly notifications: News;
  readonly lists: { readonly [K in keyof Lists]?: Listing<Lists[K]> };
  readonly working: Readonly<Record<string, Passing<Working>>>;
  /** By conversation, then by who types. */
  readonly typing: Readonly<Record<string, Readonly<Record<string, Passing<Typist>>>>>;
  /** By operator: what they have open, the last to be opened first. */
  readonly presence: Readonly<Record<string, Passing<{ readonly name: string; readonly viewing: readonly Viewing[] }>>>;
  /** An agent's text as it grows, by conversation. */
  readonly compose: Readonly<Record<string, Passing<{ readonly agentId: string; readonly text: string }>>>;
  readonly outcomes: readonly Outcome[];
  /** Rises when all that was read may be behind, and has to be read again. */
  readonly reloads: number;
  /** Rises with every change of a ticket. */
  readonly ticketChanges: number;
  /** Rises with every read mark; see {@link ReadMark}. */
  readonly tick: number;
}

export const emptyThread: Thread = { items: [], before: null, after: null, loaded: false, firstUnreadSeq: null, pending: [] };
export const emptyUnsent: Unsent = { mode: 'reply', reply: '', note: '', mentions: [] };
/** What is left of a reply once it went out: the way that it went stays chosen. */
export const emptyReply = {
  reply: '',
  rich: undefined,
  original: undefined,
  files: undefined,
  subject: undefined,
  cc: undefined,
  bcc: undefined,
  unquoted: undefined,
  aim: undefined,
  draftId: undefined,
  seenInboundSeq: undefined,
  refusal: undefined,
} satisfies Partial<Unsent>;
const emptyPage = { items: [], loaded: false, loading: false, nextCursor: null };

/** The state before anything was read. */
export function initialState(): State {
  return {
    connection: 'connecting',
    conversations: Table.empty(),
    expected: {},
    reads: Table.empty(),
    merged: {},
    pools: {},
    counts: {},
    threads: {},
    unsent: {},
    drafts: Table.empty(),
    contacts: {},
    timelines: {},
    transfers: {},
    notifications: { ...emptyPage, unread: 0, arrived: [] },
    lists: {},
    working: {},
    typing: {},
    presence: {},
    compose: {},
    outcomes: [],
    reloads: 0,
    ticketChanges: 0,
    tick: 0,
  };
}
