import { html, nothing, type TemplateResult } from 'lit';
import type { ChannelAccount, ChannelKind } from '../../server/contract/settings.ts';
import type { begin } from '../locales/en/begin.ts';
import type { operator } from '../locales/en/operator.ts';
import type { Store } from '../store/store.ts';
import type { ConvElement } from '../ui/base.ts';
import { select } from '../ui/select.ts';
import { segments } from '../ui/tabs.ts';
import type { Spoken } from '../ui/words.ts';
import { sendingAccounts, type BeginForm, type BeginRefusal } from './begin-form.ts';
import { isWrong, wrong } from './begin-refusal.ts';
import { channelName } from './pool-row.ts';

/** The accounts that a conversation can be begun on: those that are set up, as far as their kinds of channel send anything. */
export class BeginAccounts {
  /** What the kinds of channels do could not be read. */
  failed = false;
  /** What each kind of channel does, where that was read. */
  kinds?: readonly ChannelKind[];
  private readonly listed;

  constructor(
    private readonly host: ConvElement,
    private readonly store: () => Store | undefined,
  ) {
    this.listed = select(host, store, ({ lists }) => lists.channelAccounts);
  }

  /** Whether it is known which are set up. */
  get loaded(): boolean {
    return this.listed.value?.loaded === true;
  }

  get all(): readonly ChannelAccount[] {
    return sendingAccounts(this.listed.value?.items ?? [], this.kinds);
  }

  /** Reads what the kinds of channels do, at first and after a failure. */
  readonly read = async (): Promise<void> => {
    const answer = await this.store()?.settings.channelKinds();
    this.failed = !answer?.ok;
    this.kinds = answer?.ok ? answer.value : undefined;
    this.host.requestUpdate();
  };
}

/** The choice among accounts. */
export function accountField(
  accounts: readonly ChannelAccount[],
  chosen: ChannelAccount,
  refusal: BeginRefusal | undefined,
  { t }: Spoken<typeof begin>,
  common: Spoken<typeof operator>,
  change: (event: Event) => void,
): TemplateResult {
  return html`<div><label class="label" for="account">${t.account}</label><select id="account" class="field" aria-invalid=${isWrong(refusal, 'account')} aria-describedby="begin-account-e" @change=${change}>${accounts.map(
    (one) =>
      html`<option value=${one.id} .selected=${one.id === chosen.id}>${channelName(common, one.channel)}: ${one.name}${one.address ? ` (${one.address})` : ''}</option>`,
  )}</select>${wrong(refusal, 'account')}</div>`;
}

/** Where only templates are taken before an answer: one of those, or a text of one's own. */
export function wayField(way: BeginForm['way'], { t }: Spoken<typeof begin>, change: (way: BeginForm['way']) => void): TemplateResult {
  return html`<div>${segments(
    t.way,
    [
      { id: 'template', label: t.template },
      { id: 'free', label: t.free },
    ],
    way,
    change,
  )}${way === 'free' ? html`<p class="hint">${t.freeHint}</p>` : nothing}</div>`;
}
