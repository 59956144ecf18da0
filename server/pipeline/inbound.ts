import type { InboundCall, InboundEvent, InboundMessage } from '../channels/channel.ts';
import type { OpenAccount } from '../db/accounts.ts';
import { keepUnknown, noteReceived } from '../db/accounts.ts';
import type { Db } from '../db/change.ts';
import { receiveCall } from '../db/calls.ts';
import { receiveInbound } from '../db/inbound.ts';
import { receivedBefore, receiveWithFiles } from '../db/media.ts';
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
        await receiveEcho(db, account.workspaceId, account.id, { externalId: event.externalId, channel: account.kind, handle: event.to.handle, text: event.text });
        break;
      case 'unknown':
        await keepUnknown(db.sql, account.workspaceId, account.id, event.what, storable(raw).slice(0, 100_000));
        break;
    }
  }
  await noteReceived(db.sql, account.workspaceId, account.id, null);
}

/** Postgres holds neither NUL nor lone surrogates. */
const storable = (text: string): string => text.replaceAll('\u0000', '\uFFFD').toWellFormed();

async function takeMessage(intake: Intake, account: OpenAccount, event: InboundMessage): Promise<void> {
  const { attachments, externalId, from: { handle, name } } = event;
  const said = event.text.trim() === '' ? captionOf(attachments) : event.text;
  const text = said.length > MAX_INBOUND_TEXT ? `${said.slice(0, MAX_INBOUND_TEXT - 1)}…` : said;
  const inbound = {
    workspaceId: account.workspaceId,
    accountId: account.id,
    channel: account.kind,
    from: { handle, name: name ?? handle, ...(account.kind === 'email' ? { email: handle } : {}), ...(account.kind === 'sms' || account.kind === 'whatsapp' ? { phone: handle } : {}) },
    text,
    subject: event.subject,
    externalId,
    thread: threadOf(event),
    ...(event.autoSubmitted ? { neverAnswered: event.autoSubmitted } : {}),
    ...(event.quoted ? { data: { quoted: event.quoted.slice(0, MAX_INBOUND_TEXT) } } : {}),
  };
  if (attachments.length === 0) {
    await receiveInbound(intake.db, inbound);
  } else if (!(await receivedBefore(intake.db.sql, account.workspaceId, account.id, externalId))) {
    await receiveWithFiles(intake.db, inbound, await keepAttachments(intake, account.workspaceId, attachments));
  }
}

function threadOf(event: InboundMessage) {
  const externalIds = [...(event.inReplyTo ? [event.inReplyTo] : []), ...(event.references ?? [])].slice(-50);
  return event.signedConversationId || externalIds.length > 0 ? { conversationId: event.signedConversationId, externalIds } : undefined;
}

async function takeCall(db: Db, account: OpenAccount, event: InboundCall): Promise<void> {
  await receiveCall(db, {
    workspaceId: account.workspaceId,
    accountId: account.id,
    from: { handle: event.from.handle, name: event.from.name ?? event.from.handle, phone: event.from.handle },
    externalId: event.externalId,
    revision: event.revision,
    text: event.note ?? event.turns.find((turn) => turn.speaker === 'contact')?.text ?? '',
    data: { turns: event.turns, ended: event.ended, durationSeconds: event.durationSeconds ?? null, recordingUrl: event.recordingUrl ?? null, note: event.note ?? null, direction: event.direction },
  });
}
