import { html, nothing, type TemplateResult } from 'lit';
import type { Channel } from '../../server/contract/common.ts';
import type { Identity } from '../../server/contract/contact.ts';
import type { operator } from '../locales/en/operator.ts';
import { channelGlyph } from '../ui/channels.ts';
import { icon } from '../ui/icon.ts';
import { down, link, type Glyph } from '../ui/icons.ts';
import type { Menu } from '../ui/menu.ts';
import type { Spoken } from '../ui/words.ts';
import type { Target } from './composer-aim.ts';
import { canSend } from './composer-silent.ts';

const glyphOf = (channel: Channel): Glyph => (channel === 'custom' ? link : channelGlyph[channel]);

/** How the reply goes out; where the customer has several handles, a choice among them. */
export function channelChoice(
  menu: Menu,
  { id: chosen, channel: now }: Target,
  identities: readonly Identity[],
  { t }: Spoken<typeof operator>,
  choose: (identityId: string) => void,
): TemplateResult {
  const { composer } = t.thread;
  const nameOf = (one: Channel): string => (one === 'custom' ? t.thread.otherChannel : t.shared.channel[one]);
  const content = html`<span class="dim">${composer.by}</span> ${icon(glyphOf(now), 'sm')}${nameOf(now)}`;
  const ways = identities.filter((identity) => canSend(identity.channel));
  if (ways.length < 2) return html`<span class="by push">${content}</span>`;
  return html`<span class="push">${menu.menu(
    { look: 'btn ghost sm', content: html`${content}${icon(down, 'xs')}`, label: composer.channel(nameOf(now)) },
    composer.channels,
    () =>
      ways.map((identity) => ({
        label: nameOf(identity.channel),
        glyph: glyphOf(identity.channel),
        end: identity.id === chosen ? nothing : html`<bdi class="handle">${identity.handle}</bdi>`,
        checked: identity.id === chosen,
        run: () => choose(identity.id),
      })),
    'end',
  )}</span>`;
}
