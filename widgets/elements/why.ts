/** Why something was done by itself, in the reader's language. Elements that tell of it hold `words(this, reasonTexts)`. */
import { html, type TemplateResult } from 'lit';
import type { Notification } from '../../server/contract/events.ts';
import type { Why } from '../../server/contract/why.ts';
import { languageOf } from '../locales/catalogue.ts';
import type { Translated } from '../locales/catalogue.ts';
import type { operator } from '../locales/en/operator.ts';
import type { reasons } from '../locales/en/reasons.ts';
import { reasonTexts } from '../locales/reasons.ts';

/** What these texts have words for; those of faults are fetched with the first one. */
interface Reason {
  readonly code: keyof typeof reasons.why | 'automatic';
  readonly value?: string;
}

/** A reason as it came in data; undefined where it is none that there are words for. */
function read(given: unknown, { why }: Translated<typeof reasons>): Reason | undefined {
  const { code, value } = (given ?? {}) as { code?: unknown; value?: unknown };
  if (typeof code !== 'string' || (code !== 'automatic' && !Object.hasOwn(why, code))) return undefined;
  return { code: code as Reason['code'], ...(typeof value === 'string' && { value }) };
}

/**
 * The words for a reason.
 * @param given `why` as the API has it
 * @param tag of the reader's language
 * @returns undefined where there are none: what stands in `reason` has to do
 */
export function whyInWords(given: unknown, tag: string): string | undefined {
  const t = reasonTexts.ready(languageOf(tag)) ?? reasonTexts.english;
  const why = read(given, t);
  if (!why) return undefined;
  const { code, value = '' } = why;
  if (code === 'automatic') return Object.hasOwn(t.automatic, value) ? t.automatic[value as keyof typeof t.automatic] : t.automatic.other;
  const said = t.why[code];
  return typeof said === 'string' ? said : said(value);
}

/** What went wrong, in words; `told` is how the server says it. */
export function fault(told: string, why: Why | undefined): TemplateResult {
  if (!why) return html`<bdi>${told}</bdi>`;
  void import('./fault-text.ts');
  return html`<fault-text .why=${why} .told=${told}></fault-text>`;
}

/** Why a notification came: in our words where it was by itself, as somebody wrote it where it was by hand. */
export function whyTold({ data }: Pick<Notification, 'data'>, { thread, shared }: Pick<Translated<typeof operator>, 'thread' | 'shared'>, tag: string): string {
  const { why, trigger, found, reason } = data;
  const said = whyInWords(why, tag);
  if (said !== undefined) return said;
  if (typeof trigger !== 'string' || found === undefined || !Object.hasOwn(thread.triggers, trigger)) return typeof reason === 'string' ? reason : '';
  const named = thread.triggers[trigger as keyof typeof thread.triggers];
  return found === null || trigger === 'fallback_loop' ? named : `${named}: ${shared.quoted(String(found))}`;
}
