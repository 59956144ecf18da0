import type { SnoozedUntil } from '../../server/contract/conversation.ts';
import type { Translated } from '../locales/catalogue.ts';
import type { shared } from '../locales/en/shared.ts';
import { upcoming } from '../ui/time.ts';

/** Until when a conversation is put off, as a row and a head say it. */
export const snoozedText = (
  { t, tag }: { readonly t: { readonly shared: Translated<typeof shared> }; readonly tag: string },
  until: SnoozedUntil,
  now: number,
): string => (until === 'next_message' ? t.shared.snoozedMessage : t.shared.snoozed(upcoming(tag, until, now)));
