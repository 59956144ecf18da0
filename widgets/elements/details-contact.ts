import { html, nothing, type TemplateResult } from 'lit';
import type { Contact } from '../../server/contract/contact.ts';
import type { ContactRef } from '../../server/contract/conversation.ts';
import type { contact as contactWords } from '../locales/en/contact.ts';
import { icon } from '../ui/icon.ts';
import { globe } from '../ui/icons.ts';
import { languageTitle } from '../ui/languages.ts';
import { face } from '../ui/people.ts';
import { fullTime } from '../ui/time.ts';
import type { Spoken } from '../ui/words.ts';
import { called } from './called.ts';
import { channelName, glyphOf, type PoolWords } from './pool-row.ts';

/** What a contact's section shows beside the contact itself. */
export interface ContactParts {
  readonly texts: Spoken<typeof contactWords>;
  readonly button: TemplateResult;
  readonly fields: unknown;
  /** What they write is read in the reader's own language. */
  readonly translated: boolean;
}

/** Who the conversation is with: face, name, where they are, how they can be reached, what they speak. */
export function contactSection(
  words: PoolWords,
  ref: ContactRef,
  contact: Contact | undefined,
  now: number,
  { texts, button, fields, translated }: ContactParts,
): TemplateResult {
  const place = [line(words, ref, contact), there(words, contact, now)].filter(Boolean);
  const handles = contact?.identities ?? [];
  return html`<section class="sec" aria-label=${words.t.details.contact}><div class="who">${face(ref, 40)}<div class="two"><h3 class="cut"><bdi>${called(ref, words)}</bdi></h3>${place.map(
    (text) => html`<p><bdi>${text}</bdi></p>`,
  )}</div>${button}</div><ul class="handles">${handles.map(
    ({ channel, handle, optedOutAt }) =>
      html`<li>${icon(glyphOf(channel))}${reach(channelName(words, channel), channel, handle)}${
        optedOutAt ? html`<span class="dim opted" title=${texts.t.optedOutAt(fullTime(words.tag, optedOutAt))}>${texts.t.optedOut}</span>` : nothing
      }</li>`,
  )}${known(ref, handles)}${
    ref.language
      ? html`<li>${icon(globe)}<span>${languageTitle(words.tag, ref.language)}</span>${translated ? html`<span class="dim">${texts.t.translated}</span>` : nothing}</li>`
      : nothing
  }</ul>${fields}</section>`;
}

/** What is known of them and is none of their handles. */
function known(ref: ContactRef, handles: Contact['identities']): TemplateResult[] {
  const stands = (value: string): boolean => handles.some(({ handle }) => handle === value);
  const rows: TemplateResult[] = [];
  if (ref.email && !stands(ref.email)) rows.push(html`<li>${icon(glyphOf('email'))}${reach('', 'email', ref.email)}</li>`);
  if (ref.phone && !stands(ref.phone)) rows.push(html`<li>${icon(glyphOf('voice'))}${reach('', 'voice', ref.phone)}</li>`);
  return rows;
}

function reach(name: string, channel: string, handle: string): TemplateResult {
  if (channel === 'email') return html`<a class="cut" href=${`mailto:${handle}`}><bdi>${handle}</bdi></a>`;
  if (/^\+?[\d ()-]{5,}$/.test(handle)) return html`<a class="num cut" href=${`tel:${handle.replace(/[^\d+]/g, '')}`}><bdi>${handle}</bdi></a>`;
  // The chat's handle is an id of ours, or of the host: nothing to show to people.
  return html`<span class="cut">${channel === 'chat' ? name : html`<bdi>${handle}</bdi>`}</span>`;
}

function line({ t }: PoolWords, { company }: ContactRef, contact: Contact | undefined): string {
  const role = contact?.attributes['role'];
  if (typeof role !== 'string' || role === '') return company ?? '';
  return company ? t.details.place(company, role) : role;
}

/** What time it is where they are. */
function there({ t, tag }: PoolWords, contact: Contact | undefined, now: number): string {
  if (!contact?.timeZone) return '';
  const city = contact.attributes['city'];
  try {
    const time = new Intl.DateTimeFormat(tag, { hour: 'numeric', minute: '2-digit', timeZone: contact.timeZone }).format(now);
    return typeof city === 'string' && city ? t.details.localTimeIn(city, time) : t.details.localTime(time);
  } catch {
    // A zone that this browser does not know.
    return '';
  }
}
