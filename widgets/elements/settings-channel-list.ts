/** The accounts of channels at a glance: who answers there, when something last came, and what is wrong. */
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from '../ui/repeat.ts';
import type { ChannelAccount, ChannelKind } from '../../server/contract/settings.ts';
import type { Listing, State } from '../store/state.ts';
import { blank, type Patience } from '../ui/blank.ts';
import { channelGlyph } from '../ui/channels.ts';
import { icon } from '../ui/icon.ts';
import { alert, link, plus, refresh, type Glyph } from '../ui/icons.ts';
import { ago } from '../ui/time.ts';
import { vars } from '../ui/vars.ts';
import type { SettingWords } from './settings-sections.ts';
import { fault } from './why.ts';

/** The icon of a kind of channel. */
export const glyphOf = (kind: ChannelKind['kind']): Glyph => (channelGlyph as Readonly<Partial<Record<string, Glyph>>>)[kind] ?? link;

/** The name of a kind of channel. */
export const kindName = ({ t }: SettingWords, kind: ChannelKind['kind']): string => (kind === 'custom' ? t.channels.custom : t.shared.channel[kind]);

export interface ListActs {
  /** Whether it is known what accounts take, or why not: none can be opened before. */
  readonly kinds: 'known' | 'awaited' | 'failed';
  open(account: ChannelAccount): void;
  add(): void;
  again(): void;
  /** As it is, or is about to be. */
  isActive(account: ChannelAccount): boolean;
  setActive(account: ChannelAccount, active: boolean): void;
}

/** All accounts, or why there are none to be seen. */
export function accountList(state: State, words: SettingWords, patience: Patience, now: number, acts: ListActs): TemplateResult {
  const { t } = words;
  const list = state.lists.channelAccounts;
  const add = html`<button type="button" class="btn primary" data-act="add" @click=${acts.add}>${icon(plus)}${t.channels.add}</button>`;
  return html`<div class="form"><header class="form-head"><div><h1 tabindex="-1">${t.channels.title}</h1><p>${t.channels.lead}</p></div>${
    list && list.items.length > 0 ? html`<span class="push">${add}</span>` : nothing
  }</header>${body(list, add)}</div>`;

  function body(of: Listing<ChannelAccount> | undefined, adding: TemplateResult): TemplateResult {
    const waits = (!of?.loaded && !of?.problem) || acts.kinds === 'awaited';
    if (waits) return patience.out(true) ? bones(words) : html``;
    patience.out(false);
    if (!of?.loaded || acts.kinds === 'failed')
      return blank(
        {
          glyph: alert,
          title: t.page.failed,
          text: t.page.failedText,
          acts: html`<button type="button" class="btn" @click=${acts.again}>${icon(refresh)}${t.common.retry}</button>`,
        },
        true,
      );
    if (of.items.length === 0) return blank({ glyph: link, title: t.channels.empty, text: t.channels.emptyText, acts: adding });
    return html`<ul class="accounts">${repeat(
      of.items,
      ({ id }) => id,
      (account) => row(account, state, words, now, acts),
    )}</ul>`;
  }
}

const bones = ({ t }: SettingWords): TemplateResult =>
  html`<div class="bones" role="status"><span class="sr">${t.page.loading}</span>${['50%', '70%', '42%'].map((width) => html`<span class="bone" ${vars({ 'inline-size': width })}></span>`)}</div>`;

function row(account: ChannelAccount, { lists }: State, words: SettingWords, now: number, acts: ListActs): TemplateResult {
  const { t } = words;
  const active = acts.isActive(account);
  const agent = lists.agents?.items.find(({ id }) => id === account.agentId);
  const facts = [
    kindName(words, account.channel),
    account.address,
    agent ? t.channels.answers(agent.name) : account.channel === 'linkedin' || account.channel === 'voice' ? '' : t.channels.noAgent,
    account.lastReceivedAt ? t.channels.received(ago(words, account.lastReceivedAt, now)) : account.webhookUrl ? t.channels.neverReceived : '',
  ].filter(Boolean);
  return html`<li class=${active ? '' : 'is-off'}>${icon(glyphOf(account.channel))}<div><button type="button" class="account-name" data-id=${account.id} @click=${() => acts.open(account)}>${account.name}</button>
    <small>${facts.map((fact, at) => html`${at > 0 ? ' · ' : ''}<bdi>${fact}</bdi>`)}</small>${active ? nothing : html`<small>${t.channels.inactive}</small>`}${
      account.lastError
        ? html`<p class="bad">${icon(alert)}<span>${t.channels.lastError} ${account.lastErrorFrom ? t.channels.errorFrom[account.lastErrorFrom] : ''}: ${fault(account.lastError, account.lastErrorWhy)}</span></p>`
        : nothing
    }</div><input type="checkbox" class="switch" role="switch" aria-label=${t.channels.activeOf(account.name)} .checked=${active} @change=${(event: Event) => acts.setActive(account, (event.target as HTMLInputElement).checked)}></li>`;
}
