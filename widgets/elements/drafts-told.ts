import type { Draft } from '../../server/contract/draft.ts';
import type { drafts as english } from '../locales/en/drafts.ts';
import type { StoreElement } from '../store/element.ts';
import { number } from '../ui/time.ts';
import { toast } from '../ui/toast.ts';
import type { Spoken } from '../ui/words.ts';

/** Says that a draft was sent, or rejected, which can be taken back. */
export function tellSettled(host: StoreElement, { t }: Spoken<typeof english>, { id, status }: Draft): void {
  const { dismiss, undo } = t.common;
  if (status === 'rejected') toast(host, { text: t.rejected, dismiss, acts: [{ label: undo, undo: true, run: () => void host.store?.drafts.restore(id) }] });
  else if (status === 'approved' || status === 'edited') toast(host, { text: t.sentOne, dismiss });
}

/** Says how many of several were sent, and how many were not. */
export function tellSent(host: StoreElement, { t, tag }: Spoken<typeof english>, sent: number, refused: number): void {
  const n = number(tag, sent);
  toast(host, { text: refused > 0 ? t.notSent(number(tag, refused), n) : sent === 1 ? t.sentOne : t.sent(n), dismiss: t.common.dismiss });
}

/** Says why a draft may not be sent together with others. */
export function tellAlone(host: StoreElement, { t }: Spoken<typeof english>): void {
  toast(host, { text: t.acts, dismiss: t.common.dismiss });
}
