import type { common } from '../locales/en/common.ts';
import type { operator } from '../locales/en/operator.ts';
import type { Translated } from '../locales/catalogue.ts';
import type { Spoken } from './words.ts';

/** What was refused, as far as it is told. */
interface Told {
  readonly code: string;
  /** The server's own sentence, in English. */
  readonly detail?: string;
}

const inEnglish = (tag: string): boolean => tag.startsWith('en');

/** Why something was refused, in the page's language: by its code, and in English by the server's own sentence, which is more exact. */
export function told({ code, detail }: Told, { t, tag }: Spoken<typeof operator>): string {
  if (detail && inEnglish(tag)) return detail;
  const why: Readonly<Record<string, string>> = t.provider.why;
  return why[code] ?? t.provider.why.other;
}

/** What is wrong with a field, as a sentence: that nothing is there, in English what the server says, elsewhere that it does not fit. */
export function flaw(
  { t, tag }: { readonly t: { readonly common: Translated<typeof common> }; readonly tag: string },
  message: string | undefined,
): string | undefined {
  if (!message) return undefined;
  if (message === 'must not be empty') return t.common.missing;
  if (!inEnglish(tag)) return t.common.wrong;
  return message.charAt(0).toUpperCase() + message.slice(1) + (/[.!?]$/.test(message) ? '' : '.');
}
