/** What an account tells of itself: the address of its webhook, what last came, and what went wrong. */
import { html, nothing, type TemplateResult } from 'lit';
import type { ChannelAccount } from '../../server/contract/settings.ts';
import type { ConvElement } from '../ui/base.ts';
import { icon } from '../ui/icon.ts';
import { alert, copy } from '../ui/icons.ts';
import { ago, fullTime } from '../ui/time.ts';
import { toast } from '../ui/toast.ts';
import type { SettingWords } from './settings-sections.ts';
import { fault } from './why.ts';

/** The address to enter at the provider, with a button that copies it. */
export function webhookGroup(host: ConvElement, { t }: SettingWords, account: ChannelAccount): TemplateResult | typeof nothing {
  if (!account.webhookUrl) return nothing;
  const take = async (): Promise<void> => {
    await navigator.clipboard.writeText(account.webhookUrl);
    toast(host, { text: t.channels.copied, dismiss: t.common.dismiss });
  };
  return html`<section class="group"><header><div><h2>${t.channels.webhook}</h2><p>${t.channels.webhookLead}</p></div></header><div class="line"><code class="copy" dir="ltr">${account.webhookUrl}</code><button type="button" class="btn" data-act="copy"
    @click=${() => void take().catch(() => undefined)}>${icon(copy)}${t.channels.copy}</button></div></section>`;
}

/** What came and what failed, kept up to date by whoever renders it. */
export function activityGroup(words: SettingWords, account: ChannelAccount, now: number): TemplateResult {
  const { t, tag } = words;
  const when = (moment: string): TemplateResult => html`<time datetime=${moment} title=${fullTime(tag, moment)}>${ago(words, moment, now)}</time>`;
  return html`<section class="group"><header><div><h2>${t.channels.activity}</h2></div></header><dl class="facts2"><dt>${t.channels.lastReceived}</dt><dd data-fact="received">${account.lastReceivedAt ? when(account.lastReceivedAt) : t.channels.neverReceived}</dd>
    <dt>${t.channels.lastError}</dt><dd data-fact="error">${account.lastError ? failure(account, words, when) : t.channels.noError}</dd></dl>${
      account.unknownPayloads.length > 0
        ? html`<div><p class="label">${t.channels.unknown} <small>${t.channels.unknownLead}</small></p>${account.unknownPayloads.map(
            ({ reason, body, createdAt }) =>
              html`<details><summary><bdi>${reason}</bdi> · ${when(createdAt)}</summary><pre class="payload" tabindex="0" dir="ltr">${body}</pre></details>`,
          )}</div>`
        : nothing
    }</section>`;
}

function failure(
  { lastError, lastErrorWhy, lastErrorAt, lastErrorFrom, lastErrorPayload }: ChannelAccount,
  { t }: SettingWords,
  when: (moment: string) => TemplateResult,
): TemplateResult {
  return html`<p class="bad">${icon(alert)}<span>${fault(lastError ?? '', lastErrorWhy)}</span></p><p class="dim">${lastErrorFrom ? t.channels.errorFrom[lastErrorFrom] : ''}${lastErrorAt ? html` · ${when(lastErrorAt)}` : nothing}</p>${
    lastErrorPayload
      ? html`<details><summary>${t.channels.payload}</summary><pre class="payload" tabindex="0" dir="ltr">${lastErrorPayload}</pre></details>`
      : nothing
  }`;
}
