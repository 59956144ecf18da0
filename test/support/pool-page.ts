/** The pool on a test's page: rows to put into it, and what is read of those that it shows. */
import type { SharedConversation } from '../../server/contract/conversation.ts';
import { at, conversation, id } from './thread-world.ts';
import { until } from './wtr-api-client.ts';

/** A conversation of a customer of this name, last active at a minute of the day. */
export const row = (
  name: string,
  minutes: number,
  change: Partial<SharedConversation> & { unread?: number } = {},
): SharedConversation & { unread?: number } => ({
  ...conversation({ id: id(), contact: { ...conversation().contact, id: id(), name }, lastActivityAt: at(minutes) }),
  ...change,
});
/** So many, the newest first. */
export const many = (n: number): SharedConversation[] => Array.from({ length: n }, (_, at) => row(`Contact ${String(at + 1).padStart(4, '0')}`, -at));

/** Whose rows are shown, from top to bottom. */
export const names = (root: ShadowRoot): string[] =>
  [...root.querySelectorAll<HTMLElement>('.row')]
    .toSorted((one, other) => one.offsetTop - other.offsetTop)
    .map((one) => one.querySelector('.row-name')?.textContent?.trim() ?? '');
export const links = (root: ShadowRoot) => [...root.querySelectorAll<HTMLElement>('.row-link')];
export const linkOf = (root: ShadowRoot, name: string): HTMLElement => {
  const link = links(root).find((one) => one.textContent?.includes(name));
  if (!link) throw new Error(`No row of ${name}`);
  return link;
};
/** A dialog that fades in is as it will be. */
export const faded = (root: ShadowRoot) => until(() => root.querySelector('dialog')?.getAnimations().length === 0);
/** The pointer comes over the rows, or goes. */
export const point = (root: ShadowRoot, type: 'pointerenter' | 'pointerleave'): void =>
  void root.querySelector('.rows')?.dispatchEvent(new PointerEvent(type, { pointerType: 'mouse' }));
/** Waits until so many rows are there. */
export const loaded = (root: ShadowRoot, n = 1) => until(() => links(root).length >= n);
