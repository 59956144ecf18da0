import type { Draft } from '../../server/contract/draft.ts';
import type { Message } from '../../server/contract/message.ts';
import type { Pending } from '../store/state.ts';
import { isPicture } from '../ui/attached.ts';
import { sameDay } from '../ui/time.ts';

/** One line of the open conversation, with a key that stays the same while lines come and go round it. */
export type Row =
  | { readonly kind: 'day'; readonly key: string; readonly at: string }
  | { readonly kind: 'new'; readonly key: 'new'; readonly count: number }
  | { readonly kind: 'item'; readonly key: string; readonly message: Message }
  | { readonly kind: 'draft'; readonly key: string; readonly draft: Draft }
  | { readonly kind: 'pending'; readonly key: string; readonly pending: Pending }
  | { readonly kind: 'work' | 'typing'; readonly key: string };

export interface RowsOf {
  readonly items: readonly Message[];
  readonly drafts: readonly Draft[];
  readonly pending: readonly Pending[];
  /** Above which item the mark of what is new stands; 0 for nowhere. */
  readonly newFromSeq: number;
  /** Nothing older is left to load. */
  readonly atStart: boolean;
  /** Nothing newer is left to load. */
  readonly atEnd: boolean;
  readonly working: boolean;
  readonly typing: boolean;
  /** A draft that stays in sight whatever became of it: somebody is at it. */
  held(draft: Draft): boolean;
}

const hasPlace = (draft: Draft): boolean => draft.status === 'rejected' || draft.status === 'superseded' || draft.status === 'dropped';

/**
 * The lines of a conversation from top to bottom: its items with a mark above each new day and one above the first
 * unread message, drafts that were settled without being sent at their place in time, and at the end what is still
 * growing: the pending draft, one's own messages on their way, an agent at work, somebody typing.
 */
export function rowsOf({ items, drafts, pending, newFromSeq, atStart, atEnd, working, typing, held }: RowsOf): Row[] {
  const rows: Row[] = [];
  const settled = drafts.filter((draft) => hasPlace(draft) && !held(draft)).toSorted((one, other) => Date.parse(one.createdAt) - Date.parse(other.createdAt));
  let at = 0;
  let before: Message | undefined;
  const unread = newFromSeq > 0 ? items.filter((item) => item.direction === 'inbound' && item.seq >= newFromSeq).length : 0;
  let marked = unread === 0;
  for (const message of items) {
    for (let draft = settled[at]; draft && draft.createdAt < message.createdAt; draft = settled[at]) {
      if (before || atStart) rows.push({ kind: 'draft', key: draft.id, draft });
      at += 1;
    }
    if (!before || !sameDay(before.createdAt, message.createdAt)) {
      rows.push({ kind: 'day', key: `day:${new Date(message.createdAt).toDateString()}`, at: message.createdAt });
    }
    if (!marked && message.direction === 'inbound' && message.seq >= newFromSeq) {
      rows.push({ kind: 'new', key: 'new', count: unread });
      marked = true;
    }
    rows.push({ kind: 'item', key: message.id, message });
    before = message;
  }
  if (!atEnd) return rows;
  for (const draft of settled.slice(at)) rows.push({ kind: 'draft', key: draft.id, draft });
  for (const draft of drafts) if (draft.status === 'pending' || held(draft)) rows.push({ kind: 'draft', key: draft.id, draft });
  for (const one of pending) rows.push({ kind: 'pending', key: one.key, pending: one });
  if (working) rows.push({ kind: 'work', key: 'work' });
  if (typing) rows.push({ kind: 'typing', key: 'typing' });
  return rows;
}

/** About how high a line is before it was measured, in pixels, so that a scrollbar starts out nearly right. */
export function guessHeight(row: Row): number {
  if (row.kind === 'draft') return row.draft.status === 'pending' ? 180 : 72;
  if (row.kind === 'pending') return 60;
  if (row.kind === 'work') return 64;
  if (row.kind !== 'item') return 24;
  const { message } = row;
  if (message.kind === 'system' || message.kind === 'skill' || message.kind === 'activity') return 16;
  const lines = message.text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / 64)), 0);
  const files = message.attachments.some(isPicture) ? 128 : message.attachments.length > 0 ? 36 : 0;
  return 36 + 20 * Math.min(lines, 30) + files + (message.because?.articles.length ? 20 : 0);
}
