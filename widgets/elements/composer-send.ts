import type { SharedConversation } from '../../server/contract/conversation.ts';
import type { SendMessage } from '../../server/contract/message.ts';
import type { composing } from '../locales/en/composing.ts';
import type { Aim, Quoted, Unsent } from '../store/state.ts';
import { sentFiles } from '../store/unsent.ts';
import { caption } from '../ui/attached.ts';
import { fullTime } from '../ui/time.ts';
import type { Spoken } from '../ui/words.ts';
import type { NewNote } from '../store/send.ts';
import type { Target } from './composer-aim.ts';
import { stillMentioned, type Mentionable } from './composer-mentions.ts';
import { htmlOf, htmlOfText, quotedHtml, quotedText, type MailNode } from './mail-html.ts';

/** Longest message that the API takes, in characters. */
export const longest = 65_536;

/** The formatting of a reply, where it has not been changed without it. */
export const richOf = ({ rich, reply, plain }: Unsent): MailNode | undefined => (rich && !plain && rich.text === reply ? (rich.doc as MailNode) : undefined);

const markup = (unsent: Unsent): string | undefined => {
  const doc = richOf(unsent);
  return unsent.plain ? undefined : doc ? htmlOf(doc) : htmlOfText(unsent.reply);
};

/** By how many characters a reply is too long: the HTML of a mail counts too. */
export function tooLong(unsent: Unsent, mail: boolean): number {
  const most = mail && unsent.reply.length > longest / 16 ? Math.max(unsent.reply.length, markup(unsent)?.length ?? 0) : unsent.reply.length;
  return most - longest;
}

/**
 * What is sent of a reply. A mail takes along its subject, its copies, what it answers and its HTML; of what it answers as
 * much as there is room for. Files without a text are sent under their names.
 */
export function bodyOf(
  conversation: Pick<SharedConversation, 'identityId'>,
  typed: Unsent,
  aim: Aim,
  target: Pick<Target, 'id' | 'channel'>,
  words: Spoken<typeof composing>,
): SendMessage {
  const files = (typed.files ?? []).flatMap(({ sent }) => sent ?? []);
  const unsent = typed.reply.trim() === '' ? { ...typed, reply: caption(files) } : typed;
  const { reply, subject = aim.subject, cc = aim.cc, bcc = [], identityId, draftId, original } = unsent;
  const to = identityId ?? (target.id === conversation.identityId ? undefined : target.id);
  const common = {
    ...(to ? { identityId: to } : {}),
    ...(draftId ? { draftId } : {}),
    ...(files.length > 0 ? { attachmentIds: files.map(({ id }) => id) } : {}),
    ...(original && typed.reply.trim() ? { original: { text: original.text, from: original.from, to: original.to } } : {}),
  };
  if (target.channel !== 'email') return { text: reply, ...common };
  const copies = { ...(cc.length > 0 ? { cc: [...cc] } : {}), ...(bcc.length > 0 ? { bcc: [...bcc] } : {}) };
  return { ...written(unsent, aim.quoted, words), ...(subject.trim() ? { subject: subject.trim() } : {}), ...copies, ...common };
}

/** What is left of a note for the team; undefined where there is nothing to leave. Files without a text stand under their names. */
export function noteOf({ note, mentions, noteFiles = [] }: Unsent, operators: readonly Mentionable[]): NewNote | undefined {
  const files = noteFiles.flatMap(({ sent }) => sent ?? []);
  const text = note.trim() === '' ? caption(files) : note;
  if (text.trim() === '' || text.length > longest) return undefined;
  return { text, mentions: stillMentioned(text, mentions, operators), ...(files.length > 0 ? { attachmentIds: files.map(({ id }) => id) } : {}) };
}

function written(unsent: Unsent, quoted: Quoted | undefined, words: Spoken<typeof composing>): { text: string; html?: string } {
  const made = markup(unsent);
  const bare = made === undefined ? { text: unsent.reply } : { text: unsent.reply, html: made };
  if (!quoted || unsent.unquoted) return bare;
  const wrote = wroteLine(quoted, words);
  for (let size = quoted.text.length; size > 0; size = size > 200 ? Math.floor(size / 2) : 0) {
    const part = size === quoted.text.length ? quoted : { ...quoted, text: `${quoted.text.slice(0, size).toWellFormed()} […]` };
    const text = unsent.reply + quotedText(part, wrote);
    const html = made === undefined ? undefined : made + quotedHtml(part, wrote);
    if (text.length <= longest && (html?.length ?? 0) <= longest) return html === undefined ? { text } : { text, html };
  }
  return bare;
}

/** The line above what a mail answers. */
export const wroteLine = ({ at, name }: Quoted, { t, tag }: Spoken<typeof composing>): string => t.mail.wrote(fullTime(tag, at), name);

/** What goes back to the composer when a reply is refused. */
export const writtenOf = ({ reply, rich, original, files, subject, cc, bcc, unquoted, aim, draftId }: Unsent): Partial<Unsent> => ({
  reply,
  rich,
  original,
  files: sentFiles(files),
  subject,
  cc,
  bcc,
  unquoted,
  aim,
  draftId,
});
