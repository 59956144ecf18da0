/** The accounts of channels: the list, one of them, or the choice of a channel for a new one. */
import { html, nothing, type TemplateResult } from 'lit';
import type { ChannelAccount, ChannelKind } from '../../server/contract/settings.ts';
import type { State } from '../store/state.ts';
import { Dialog } from '../ui/dialog.ts';
import { Patience } from '../ui/blank.ts';
import { icon } from '../ui/icon.ts';
import { back } from '../ui/icons.ts';
import { Ticker } from '../ui/ticker.ts';
import { toast } from '../ui/toast.ts';
import { activityGroup, webhookGroup } from './settings-channel-facts.ts';
import { AccountForm } from './settings-channel-form.ts';
import { accountList, glyphOf, kindName, type ListActs } from './settings-channel-list.ts';
import { AccountTrial } from './settings-channel-test.ts';
import { SettingHistory } from './settings-history.ts';
import type { OpenSection, SectionView, SettingsHost, SettingWords } from './settings-sections.ts';

export const open: OpenSection = (host, words) => new ChannelsView(host, words);

/** What is on screen: the list, the choice of a channel, or an account with its form and its test. */
type Place = { at: 'list' } | { at: 'choose' } | { at: 'account'; id?: string; form: AccountForm; trial: AccountTrial };

class ChannelsView implements SectionView {
  private place: Place = { at: 'list' };
  /** Undefined until they were read, null where they could not be. */
  private kinds?: readonly ChannelKind[] | null;
  private readonly ticker: Ticker;
  private readonly patience: Patience;
  private readonly removal: Dialog;
  private readonly history: SettingHistory;
  /** The account that the dialog is about. */
  private doomed?: ChannelAccount;
  private refusal?: 'inUse' | 'failed';
  /** What is to be done once the dialog has closed. */
  private afterwards?: () => void;
  /** Switches that were thrown and not answered yet. */
  private readonly switching = new Map<string, boolean>();
  private unfollow?: () => void;
  /** The page was connected when it was rendered last. */
  private connected = false;

  constructor(
    private readonly host: SettingsHost,
    private readonly words: SettingWords,
  ) {
    this.ticker = new Ticker(host, 'minute');
    this.patience = new Patience(host);
    this.removal = new Dialog(host, () => this.closed());
    this.history = new SettingHistory(host, 'channelAccounts');
  }

  get unsaved(): boolean {
    return this.place.at === 'account' && this.place.form.unsaved;
  }

  start(): void {
    const { store } = this.host;
    store?.settings.need('agents', 'departments');
    this.unfollow = store?.settings.followAccounts();
    void this.readKinds();
  }

  stop(): void {
    this.unfollow?.();
    this.unfollow = undefined;
  }

  render(): TemplateResult {
    const state = this.host.store?.get();
    const connected = state?.connection === 'live';
    if (connected && !this.connected && this.kinds === null) void this.readKinds();
    this.connected = connected;
    return state ? html`${this.page(state)}${this.removing()}` : html``;
  }

  private page(state: State): TemplateResult {
    const { place } = this;
    if (place.at === 'choose') return this.choice();
    const account = place.at === 'account' && place.id ? state.lists.channelAccounts?.items.find(({ id }) => id === place.id) : undefined;
    if (place.at === 'list' || (place.id && !account)) {
      return accountList(state, this.words, this.patience, this.ticker.now, {
        ...this.acts,
        kinds: this.kinds ? 'known' : this.kinds === null ? 'failed' : 'awaited',
      });
    }
    if (account) place.form.follow(account);
    const { t } = this.words;
    const { kind } = place.form;
    return html`<form class="form" novalidate @submit=${(event: Event) => this.handleSubmit(event, place.form)}><header class="form-head">${this.backButton}${icon(glyphOf(kind.kind), 'lg')}<div><h1 tabindex="-1">${account?.name ?? t.channels.newOf(kindName(this.words, kind.kind))}</h1>${
      account ? html`<p>${kindName(this.words, kind.kind)}${account.address ? html` · <bdi>${account.address}</bdi>` : nothing}</p>` : nothing
    }</div>${account ? this.activeSwitch(account) : nothing}</header><div class="form-body">${
      account && !this.acts.isActive(account) ? html`<p class="hint">${t.channels.inactive}</p>` : nothing
    }${place.form.render(state)}${
      account
        ? html`${webhookGroup(this.host, this.words, account)}${place.trial.render(account, kind, place.form.unsaved)}${activityGroup(this.words, account, this.ticker.now)}${this.history.render(account, place.form.unsaved)}
          <section class="group writes"><header><div><h2>${t.channels.remove}</h2><p>${t.channels.removeLead}</p></div><button type="button" class="btn danger" data-act="remove" @click=${() => this.askRemoval(account)}>${t.channels.remove}</button></header></section>`
        : nothing
    }</div>${place.form.renderBar()}<button type="submit" hidden></button></form>`;
  }

  private choice(): TemplateResult {
    const { t } = this.words;
    return html`<div class="form"><header class="form-head">${this.backButton}<div><h1 tabindex="-1">${t.channels.choose}</h1><p>${t.channels.chooseLead}</p></div></header><div class="form-body"><section class="group"><div class="kinds">${(
      this.kinds ?? []
    ).map(
      (kind) =>
        html`<button type="button" data-kind=${kind.kind} @click=${() => this.show(kind)}>${icon(glyphOf(kind.kind))}${kindName(this.words, kind.kind)}</button>`,
    )}</div></section></div></div>`;
  }

  private activeSwitch(account: ChannelAccount): TemplateResult {
    const { t } = this.words;
    return html`<label class="head-switch push"><span class="dim">${t.channels.active}</span><input type="checkbox" class="switch" role="switch" .checked=${this.acts.isActive(account)}
      @change=${(event: Event) => this.acts.setActive(account, (event.target as HTMLInputElement).checked)}></label>`;
  }

  private get backButton(): TemplateResult {
    return html`<button type="button" class="btn ghost icon" data-act="back" aria-label=${this.words.t.channels.all} @click=${() => this.host.leave(() => this.go({ at: 'list' }))}>${icon(back)}</button>`;
  }

  private askRemoval(account: ChannelAccount): void {
    this.doomed = account;
    this.removal.show();
  }

  private removing(): TemplateResult | typeof nothing {
    const { t } = this.words;
    const { refusal, doomed: account } = this;
    if (!account) return nothing;
    return this.removal.render(() => ({
      title: t.channels.removeTitle(account.name),
      close: t.common.close,
      body: refusal ? html`<p class="refusal" role="alert">${t.channels[refusal]}</p>` : html`<p>${t.channels.removeText}</p>`,
      foot: html`<button type="button" class="btn lg push" @click=${() => this.removal.close()}>${t.common.cancel}</button><button type="submit" class="btn lg ${refusal === 'inUse' ? 'primary' : 'danger primary'}">${
        refusal === 'inUse' ? t.channels.deactivate : t.channels.removeYes
      }</button>`,
      submit: () => void this.remove(account),
    }));
  }

  private async remove(account: ChannelAccount): Promise<void> {
    const { store } = this.host;
    if (!store) return;
    if (this.refusal === 'inUse') {
      this.afterwards = () => this.acts.setActive(account, false);
      return this.removal.close();
    }
    const answer = await store.settings.removeItem('channelAccounts', account.id);
    if (answer.ok) {
      this.afterwards = () => {
        this.go({ at: 'list' });
        this.say(this.words.t.channels.removed(account.name));
      };
      return this.removal.close();
    }
    this.refusal = answer.problem.code === 'in_use' ? 'inUse' : 'failed';
    this.host.requestUpdate();
  }

  private closed(): void {
    const { afterwards } = this;
    this.refusal = undefined;
    this.afterwards = undefined;
    afterwards?.();
  }

  private show(kind: ChannelKind, account?: ChannelAccount): void {
    const { t } = this.words;
    const form = new AccountForm(this.host, this.words, kind, account, (saved) => {
      if (this.place.at === 'account') this.place = { ...this.place, id: saved.id };
      this.say(account ? t.channels.saved(saved.name) : t.channels.created(saved.name));
    });
    this.go({ at: 'account', ...(account ? { id: account.id } : {}), form, trial: new AccountTrial(this.host, this.words) });
  }

  /** Moves on, and the focus to what is new. */
  private go(place: Place): void {
    const before = this.place;
    this.place = place;
    this.host.requestUpdate();
    void this.host.updateComplete.then(() => {
      const { renderRoot } = this.host;
      for (const scrolled of [this.host, renderRoot.querySelector('.shown')]) scrolled?.scrollTo(0, 0);
      const came = place.at === 'list' && before.at === 'account' && before.id ? renderRoot.querySelector<HTMLElement>(`[data-id="${before.id}"]`) : null;
      (came ?? renderRoot.querySelector<HTMLElement>('h1'))?.focus({ preventScroll: came === null });
    });
  }

  private readonly acts: Omit<ListActs, 'kinds'> = {
    open: (account) => {
      const kind = this.kinds?.find((one) => one.kind === account.channel);
      if (kind) this.show(kind, account);
    },
    add: () => this.go({ at: 'choose' }),
    again: () => {
      this.host.store?.settings.need('channelAccounts', 'agents', 'departments');
      void this.readKinds();
    },
    isActive: ({ id, active }) => this.switching.get(id) ?? active,
    setActive: (account, active) => void this.setActive(account, active),
  };

  /** At once on screen, with a way back; taken back where it is refused. */
  private async setActive({ id, name }: ChannelAccount, active: boolean, undoable = true): Promise<void> {
    const { t } = this.words;
    this.switching.set(id, active);
    this.host.requestUpdate();
    const answer = await this.host.store?.settings.saveItem('channelAccounts', { id, body: { active } });
    this.switching.delete(id);
    this.host.requestUpdate();
    if (!answer?.ok) return this.say(t.channels.notSwitched(name));
    const { value } = answer;
    const acts = undoable ? [{ label: t.common.undo, undo: true, run: () => void this.setActive(value, !active, false) }] : [];
    toast(this.host, { text: active ? t.channels.activated(name) : t.channels.deactivated(name), acts, dismiss: t.common.dismiss });
  }

  private async readKinds(): Promise<void> {
    const answer = await this.host.store?.settings.channelKinds();
    this.kinds = answer?.ok ? answer.value : (this.kinds ?? null);
    this.host.requestUpdate();
  }

  private readonly handleSubmit = (event: Event, form: AccountForm): void => {
    event.preventDefault();
    void form.save();
  };

  private say(text: string): void {
    toast(this.host, { text, dismiss: this.words.t.common.dismiss });
  }
}
