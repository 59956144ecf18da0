import { html, type TemplateResult } from 'lit';
import type { DeliveryStatus, Message } from '../../server/contract/message.ts';
import { icon } from '../ui/icon.ts';
import { alert, check, checks, clock, undo, up, type Glyph } from '../ui/icons.ts';
import { fullTime } from '../ui/time.ts';
import type { Setting } from './thread-setting.ts';

const glyphs: Record<DeliveryStatus, Glyph> = {
  queued: clock, sending: up, sent: check, delivered: check, read: checks, failed: alert, bounced: alert, unknown: alert, recalled: undo,
};

/** True where a message did not arrive, or nobody knows whether it did. */
export function wentWrong(message: Message): boolean {
  const status = message.delivery?.status;
  return status === 'failed' || status === 'bounced' || status === 'unknown';
}

/** Where a message is on its way: always a mark and a word. */
export function delivery({ status, at }: NonNullable<Message['delivery']>, { words }: Setting): TemplateResult {
  const { t, tag } = words;
  const bad = status === 'failed' || status === 'bounced' || status === 'unknown';
  const word = status === 'recalled' ? t.thread.recalledBefore : t.shared.delivery[status];
  return html`<span class="delivery ${bad ? 'bad' : ''}" title=${fullTime(tag, at)}>${icon(glyphs[status], 'sm')}${word}</span>`;
}

/** One's own message before the server has it. */
export function waiting({ words }: Setting): TemplateResult {
  return html`<span class="delivery">${icon(clock, 'sm')}${words.t.thread.waits}</span>`;
}
