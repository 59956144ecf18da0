import { html, nothing, type TemplateResult } from 'lit';
import type { Channel } from '../../server/contract/common.ts';
import type { Identity } from '../../server/contract/contact.ts';
import type { composing } from '../locales/en/composing.ts';
import type { operator } from '../locales/en/operator.ts';
import { icon } from '../ui/icon.ts';
import { fullTime } from '../ui/time.ts';
import type { Spoken } from '../ui/words.ts';
import { channelName, glyphOf } from './pool-row.ts';

/** Channels that only bring something in: calls, and what is logged by hand. */
const silent: ReadonlySet<Channel> = new Set(['voice', 'linkedin']);

/** Whether a message can be sent on a channel. */
export const canSend = (channel: Channel): boolean => !silent.has(channel);

/** In place of the reply to a handle whose owner has unsubscribed: since when, and the customer's other handles. */
export function optedOutBlock(
  { channel, id, optedOutAt }: Identity & { optedOutAt: string },
  identities: readonly Identity[],
  words: Spoken<typeof operator>,
  { t, tag }: Spoken<typeof composing>,
  choose: (identityId: string) => void,
): TemplateResult {
  const ways = identities.filter((identity) => identity.id !== id && canSend(identity.channel) && !identity.optedOutAt);
  return html`<div class="lock silent"><p><strong>${t.optedOut(channelName(words, channel))}</strong>${t.optedOutWhy(fullTime(tag, optedOutAt))} ${
    ways.length > 0 ? words.t.thread.composer.silentOthers : nothing
  }</p>${waysTo(ways, words, choose)}</div>`;
}

/** In place of the reply on a channel on which nothing can be sent: that it is so, and the customer's other handles. */
export function silentBlock(
  channel: Channel,
  identities: readonly Identity[],
  words: Spoken<typeof operator>,
  choose: (identityId: string) => void,
): TemplateResult {
  const { composer } = words.t.thread;
  const ways = identities.filter((identity) => canSend(identity.channel));
  return html`<div class="lock silent"><p><strong>${composer.silent(channelName(words, channel))}</strong>${
    identities.length === 0 ? '' : ways.length > 0 ? composer.silentOthers : composer.silentNone
  }</p>${waysTo(ways, words, choose)}</div>`;
}

const waysTo = (ways: readonly Identity[], words: Spoken<typeof operator>, choose: (identityId: string) => void): TemplateResult[] =>
  ways.map(
    (way) =>
      html`<button type="button" class="btn" title=${way.handle} @click=${() => choose(way.id)}>${icon(glyphOf(way.channel))}<span class="cut">${words.t.thread.composer.writeBy(channelName(words, way.channel))}</span></button>`,
  );
