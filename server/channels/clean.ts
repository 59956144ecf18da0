import { createHash } from 'node:crypto';
import type { InboundEvent, Party } from './channel.ts';

/** How long, in UTF-16 units, each part of an event may be. Texts are cut only where no honest sender gets to. */
const longest = { id: 400, name: 200, handle: 320, subject: 1_000, text: 1_000_000, html: 5_000_000, list: 200, files: 1_000, what: 300, emoji: 32 };

/** A string that can be stored and sent on as UTF-8: no NUL characters, no lone surrogates, not above `max` units. */
export function cleanText(value: string, max: number): string {
  return value
    .slice(0, max)
    .replaceAll('\0', '')
    .replace(/\p{Surrogate}/gu, '\ufffd');
}

/** An external id of bounded length. A longer one becomes its digest, so that equal ids stay equal. */
function cleanId(value: string): string {
  const id = cleanText(value, value.length);
  return id.length <= longest.id ? id : `sha256:${createHash('sha256').update(id).digest('hex')}`;
}

/** One line: names and subjects end up in lists and headers, where a line break would forge a second one. */
function cleanLine(value: string, max: number): string {
  return cleanText(
    value
      .slice(0, max * 2)
      .replace(/[\u0000-\u001f\u007f\u2028\u2029]+/g, ' ')
      .trim(),
    max,
  );
}

function cleanParty({ handle, name }: Party): Party {
  const shown = name === undefined ? '' : cleanLine(name, longest.name);
  return { handle: cleanLine(handle, longest.handle), ...(shown && { name: shown }) };
}

const optionalId = (value: string | undefined) => (value === undefined ? undefined : cleanId(value));

/** Times that providers and senders claim: never in the future, never nonsense. */
function cleanDate(value: Date, now: Date): Date {
  return Number.isNaN(value.getTime()) || value > now ? now : value;
}

/** Makes every string of an event storable and bounded, and every time plausible. */
export function cleanEvent(event: InboundEvent, now: Date): InboundEvent {
  switch (event.type) {
    case 'message':
      return {
        ...event,
        externalId: cleanId(event.externalId),
        from: cleanParty(event.from),
        to: event.to?.slice(0, longest.list).map(cleanParty),
        cc: event.cc?.slice(0, longest.list).map(cleanParty),
        subject: event.subject === undefined ? undefined : cleanLine(event.subject, longest.subject),
        text: cleanText(event.text, longest.text),
        quoted: event.quoted === undefined ? undefined : cleanText(event.quoted, longest.text),
        html: event.html === undefined ? undefined : cleanText(event.html, longest.html),
        attachments: cleanAttachments(event.attachments),
        at: cleanDate(event.at, now),
        inReplyTo: optionalId(event.inReplyTo),
        references: event.references?.slice(-longest.list).map(cleanId),
      };
    case 'status':
      return {
        ...event,
        externalId: cleanId(event.externalId),
        error: event.error === undefined ? undefined : cleanLine(event.error, longest.what),
        at: cleanDate(event.at, now),
      };
    case 'echo':
      return {
        ...event,
        externalId: cleanId(event.externalId),
        to: cleanParty(event.to),
        text: cleanText(event.text, longest.text),
        attachments: cleanAttachments(event.attachments),
        at: cleanDate(event.at, now),
      };
    case 'reaction':
      return {
        ...event,
        externalId: cleanId(event.externalId),
        ...(event.from && { from: cleanParty(event.from) }),
        emoji: cleanText(event.emoji, longest.emoji),
        at: cleanDate(event.at, now),
      };
    case 'call':
      return {
        ...event,
        externalId: cleanId(event.externalId),
        from: cleanParty(event.from),
        turns: event.turns.map((turn) => ({
          ...turn,
          name: turn.name === undefined ? undefined : cleanLine(turn.name, longest.name),
          text: cleanText(turn.text, longest.text),
        })),
        startedAt: cleanDate(event.startedAt, now),
        note: event.note === undefined ? undefined : cleanText(event.note, longest.text),
      };
    case 'unknown':
      return { ...event, what: cleanLine(event.what, longest.what) };
  }
}

function cleanAttachments(list: Extract<InboundEvent, { type: 'message' }>['attachments']) {
  return list.slice(0, longest.files).map((file) => ({
    ...file,
    name: file.name === undefined ? undefined : cleanLine(file.name, longest.name),
    type: cleanLine(file.type, longest.name),
    ...(file.contentId !== undefined && { contentId: cleanLine(file.contentId, longest.id) }),
  }));
}
