import { html, nothing, type TemplateResult } from 'lit';
import type { Channel } from '../../server/contract/common.ts';
import type { SharedConversation } from '../../server/contract/conversation.ts';
import type { composing } from '../locales/en/composing.ts';
import type { operator } from '../locales/en/operator.ts';
import { icon } from '../ui/icon.ts';
import { clock } from '../ui/icons.ts';
import { fullTime, millis, timeOfDay, took, waited } from '../ui/time.ts';
import type { Spoken } from '../ui/words.ts';
import type { Target } from './composer-aim.ts';
import { channelName } from './pool-row.ts';

const minute = 60_000;

/** How long free answers are allowed: `closesAt` in milliseconds since 1970, and whether that is still to come. */
export interface ReplyWindow {
  readonly closesAt: number | undefined;
  readonly open: boolean;
}

/** The time for free answers on the channel that a reply takes; undefined where there is no limit. */
export function windowOf({ replyWindow, channel }: SharedConversation, target: Target, now: number): ReplyWindow | undefined {
  if (!replyWindow || target.channel !== channel) return undefined;
  const closesAt = replyWindow.closesAt === null ? undefined : millis(replyWindow.closesAt);
  return { closesAt, open: closesAt !== undefined && now < closesAt };
}

/** True while seconds count: near the end. */
export const isShort = (window: ReplyWindow | undefined, now: number): boolean =>
  window?.open === true && window.closesAt !== undefined && window.closesAt - now < 2 * minute;

/** Under the text: until when it can be sent. It warns in the last hour. */
export function windowLine(
  { closesAt, open }: ReplyWindow,
  now: number,
  words: Spoken<typeof operator>,
  { t }: Spoken<typeof composing>,
): TemplateResult | typeof nothing {
  if (!open || closesAt === undefined) return nothing;
  const left = closesAt - now;
  const lasts = left < minute ? took(words, Math.ceil(left / 1000) * 1000) : waited(words, now, closesAt);
  return html`<p class="until ${left < 60 * minute ? 'soon' : ''}" title=${fullTime(words.tag, closesAt)}>${icon(clock, 'sm')}<span>${t.window.until(timeOfDay(words.tag, closesAt), lasts)}</span></p>`;
}

/** In place of the text once no free answer is allowed: why, and what can be sent instead. */
export function closedBlock(
  { closesAt }: ReplyWindow,
  channel: Channel,
  lastInboundAt: string | null,
  choose: (() => void) | undefined,
  words: Spoken<typeof operator>,
  { t, tag }: Spoken<typeof composing>,
): TemplateResult {
  const name = channelName(words, channel);
  const { window } = t;
  const never = closesAt === undefined || lastInboundAt === null;
  return html`<div class="lock silent" role="status"><p><strong>${never ? window.never(name) : window.ended(name)}</strong>${never ? window.neverWhy : window.endedWhy(fullTime(tag, lastInboundAt))}${
    choose ? html`<br>${window.templateHint}` : nothing
  }</p>${choose ? html`<button type="button" class="btn" @click=${choose}>${t.template.choose}</button>` : nothing}</div>`;
}
