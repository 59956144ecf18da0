import type { Notification } from '../../server/contract/events.ts';
import type { notify } from '../locales/en/notify.ts';
import type { operator } from '../locales/en/operator.ts';
import { conversationOf } from '../store/select.ts';
import type { Store } from '../store/store.ts';
import { number } from '../ui/time.ts';
import type { Spoken } from '../ui/words.ts';
import { faultInWords } from './fault-text.ts';
import { whyTold } from './why.ts';

export type NotifyWords = Spoken<typeof notify>;

/** A text in what a notification carries. */
export function textOf(data: Notification['data'], key: string): string {
  const value = data[key];
  return typeof value === 'string' ? value : '';
}

/** What was added to it: the beginning of a note, a draft or a reason. */
export const smallPrint = (one: Notification, { t, tag }: Spoken<typeof operator>): string =>
  textOf(one.data, 'snippet') || textOf(one.data, 'note') || faultInWords(one.data['why'], tag) || whyTold(one, t, tag);

/** What a notification says, in a sentence; `apart` marks names where they are to be set apart. */
export function said(
  { kind, text, data, conversationId }: Notification,
  { t, tag }: NotifyWords,
  store: Store | undefined,
  apart: (name: string) => string = (name) => name,
): string {
  const contact = store && conversationId ? conversationOf(store.get(), conversationId)?.contact : undefined;
  const name = apart(text || contact?.name || contact?.email || contact?.phone || '…');
  if (kind === 'assignment' && typeof data['count'] === 'number') return t.assignedMany(number(tag, data['count']), apart(textOf(data, 'by')));
  if (kind === 'assignment') return textOf(data, 'by') ? t.assignedBy(name, apart(textOf(data, 'by'))) : t.assignment(name);
  if (kind === 'model') return textOf(data, 'state') === 'up' ? t.modelUp(name) : textOf(data, 'state') === 'limit' ? t.modelLimit(name) : t.model(name);
  if (kind !== 'transfer') return t[kind](name);
  const status = textOf(data, 'status');
  if (status === 'accepted') return t.accepted(name);
  if (status === 'declined') return t.declined(name);
  return status ? t.expired : t.transfer(name);
}

/** How an operator can be told. */
export const ways = ['element', 'browser', 'sound'] as const;
export type Way = (typeof ways)[number];

/** The kinds of notifications, as the profile lists them. */
export const kinds: readonly Notification['kind'][] = ['handoff', 'assignment', 'transfer', 'mention', 'draft', 'delivery', 'snooze', 'model'];

/** Whether an operator wants to be told of a kind in a way: shown here and by the browser, without a sound, unless they say otherwise. */
export const wants = (set: Readonly<Record<string, boolean>>, kind: Notification['kind'], way: Way): boolean =>
  set[kind] !== false && (set[`${kind}.${way}`] ?? way !== 'sound');
