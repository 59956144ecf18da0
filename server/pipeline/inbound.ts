import { ownMessageId } from '../channels/email/origin.ts';
import { reduceMail } from '../channels/email/sanitise.ts';
import type { InboundAttachment, InboundCall, InboundEcho, InboundEvent, InboundMessage, Party } from '../channels/channel.ts';
import type { OpenAccount } from '../db/accounts.ts';
import { keepUnknown, noteReceived } from '../db/accounts.ts';
import type { Db } from '../db/change.ts';
import { receiveCall } from '../db/calls.ts';
import { addToMessage } from '../db/files.ts';
import { receivedBefore, receiveInbound } from '../db/inbound.ts';
import { exchangedWith } from '../db/mail-loops.ts';
import { machineWrote } from '../domain/mail-loop.ts';
import { addMedia, receiveWithFiles } from '../db/media.ts';
import { receiveKeyword } from '../db/opt-out.ts';
import { receiveReaction } from '../db/reactions.ts';
import { receiveEcho, reportDelivery } from '../db/reports.ts';
import { captionOf, keepAttachments } from './attachments.ts';
import type { Intake } from './attachments.ts';

/** Longest text that is taken from outside, in characters; what is longer is cut, visibly. */
const MAX_INBOUND_TEXT = 65_536;

/**
 * Takes in what a provider sent, after its channel verified and parsed it. Nothing of it is refused: what is not
 * understood is kept and shown under the account.
 * @param raw the payload as it came, for what has to be kept
 */
export async function takeIn(intake: Intake, account: OpenAccount, events: readonly InboundEvent[], raw: string): Promise<void> {
  const { db } = intake;
  for (const event of events) {
    switch (event.type) {
      case 'message':
        await takeMessage(intake, account, event);
        break;
      case 'call':
        await takeCall(db, account, event);
        break;
      case 'status':
        await reportDelivery(db, account.workspaceId, account.id, { ...event, error: event.error ?? null });
        break;
      case 'echo':
        await takeEcho(intake, account, event);
        break;
      case 'reaction':
        if (
          !(await receiveReaction(db, account.workspaceId, account.id, {
            externalId: event.externalId,
            handle: event.from?.handle ?? null,
            emoji: event.emoji,
            at: event.at,
          }))
        ) {
          await keepUnknown(db, account.workspaceId, account.id, 'a reaction to a message that is not here', storable(raw).slice(0, 100_000));
        }
        break;
      case 'unknown':
        await keepUnknown(db, account.workspaceId, account.id, event.what, storable(raw).slice(0, 100_000));
        break;
    }
  }
  await noteReceived(db, account.workspaceId, account.id, null);
}

/** Postgres holds neither NUL nor lone surrogates. */
const storable = (text: string): string => text.replaceAll('\u0000', '\uFFFD').toWellFormed();

async function takeMessage(intake: Intake, account: OpenAccount, event: InboundMessage): Promise<void> {
  const {
    attachments,
    externalId,
    from: { handle, name },
  } = event;
  // What is costly is done once, however often a provider repeats itself.
  if ((attachments.length > 0 || event.html) && (await receivedBefore(intake.db.sql, { workspaceId: account.workspaceId, accountId: account.id, externalId })))
    return;
  const text = textOf(event);
  const { html, dropped } = await reduceMail(event.html);
  const data = {
    ...(dropped && { htmlDropped: dropped }),
    ...(event.quoted && { quoted: event.quoted.slice(0, MAX_INBOUND_TEXT) }),
    ...(account.kind === 'email' && event.references?.length && { references: event.references.slice(-20) }),
    ...(event.chosenRoute !== undefined && { chosenRoute: event.chosenRoute }),
  };
  const neverAnswered =
    event.autoSubmitted ??
    (account.kind === 'email' ? machineWrote(text, new Date(), await exchangedWith(intake.db.sql, account.workspaceId, account.id, handle)) : null);
  const inbound = {
    workspaceId: account.workspaceId,
    accountId: account.id,
    channel: account.kind,
    from: {
      handle,
      name: name ?? handle,
      ...(account.kind === 'email' ? { email: handle } : {}),
      ...(account.kind === 'sms' || account.kind === 'whatsapp' ? { phone: handle } : {}),
    },
    text,
    subject: event.subject,
    html,
    externalId,
    thread: threadOf(event),
    ...(account.kind === 'email' ? { cc: copiesOf(event, account.address) } : {}),
    ...(neverAnswered ? { neverAnswered } : {}),
    ...(Object.keys(data).length > 0 ? { data } : {}),
  };
  const files = dropped && event.html ? [...attachments, originalOf(event.html)] : attachments;
  if (event.keyword && files.length === 0) {
    await receiveKeyword(intake.db, inbound, event.keyword);
  } else if (files.length === 0) {
    await receiveInbound(intake.db, inbound);
  } else {
    await receiveWithFiles(intake.db, inbound, await keepAttachments(intake, account.workspaceId, files, html));
  }
}

/** HTML that is not shown, as a file to be had, the last one of its message; the mark at its front says that it is UTF-8. */
const originalOf = (html: string): InboundAttachment => ({
  name: 'original.html',
  type: 'text/html',
  source: { from: 'bytes', bytes: Buffer.from(`\uFEFF${html}`) },
});

/** Who else got a mail, each once: neither the account, by whichever of its addresses, nor the sender. */
function copiesOf({ from, to = [], cc = [] }: InboundMessage, address: string): Party[] {
  const own = address.toLowerCase();
  const others = [...to, ...cc].filter(({ handle }) => handle !== from.handle && handle.replace(/\+[^@]*@/, '@') !== own && handle !== own);
  return [...new Map(others.map((party) => [party.handle, party])).values()];
}

/** What a message says, or which files it is. */
function textOf({ text, attachments }: InboundMessage | InboundEcho): string {
  const said = text.trim() === '' ? captionOf(attachments) : text;
  return said.length > MAX_INBOUND_TEXT ? `${said.slice(0, MAX_INBOUND_TEXT - 1)}…` : said;
}

async function takeEcho(intake: Intake, { workspaceId, id, kind }: OpenAccount, event: InboundEcho): Promise<void> {
  const { attachments, externalId } = event;
  if (attachments.length > 0 && (await receivedBefore(intake.db.sql, { workspaceId, accountId: id, externalId }))) return;
  const brought = await keepAttachments(intake, workspaceId, attachments);
  await receiveEcho(intake.db, workspaceId, id, { externalId, channel: kind, handle: event.to.handle, text: textOf(event) }, async (unit, messageId) => {
    await addToMessage(unit, messageId, brought.files);
    await addMedia(unit, id, messageId, brought.media);
  });
}

/** Of mail, ours is known by its own id too: an answer may be here before our server's word that it took the mail. */
function threadOf(event: InboundMessage) {
  const externalIds = [...(event.inReplyTo ? [event.inReplyTo] : []), ...(event.references ?? [])].slice(-50);
  return event.signedConversationId || externalIds.length > 0
    ? { conversationId: event.signedConversationId, externalIds, messageIds: externalIds.flatMap((id) => ownMessageId(id) ?? []) }
    : undefined;
}

async function takeCall(db: Db, account: OpenAccount, event: InboundCall): Promise<void> {
  await receiveCall(db, {
    workspaceId: account.workspaceId,
    accountId: account.id,
    from: { handle: event.from.handle, name: event.from.name ?? event.from.handle, phone: event.from.handle },
    externalId: event.externalId,
    revision: event.revision,
    text: event.note ?? event.turns.find((turn) => turn.speaker === 'contact')?.text ?? '',
    data: {
      startedAt: event.startedAt.toISOString(),
      turns: event.turns,
      ended: event.ended,
      durationSeconds: event.durationSeconds ?? null,
      recordingUrl: event.recordingUrl ?? null,
      note: event.note ?? null,
      direction: event.direction,
    },
  });
}
