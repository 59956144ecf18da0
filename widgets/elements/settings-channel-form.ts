/** One account of a channel, new or there already: its fields, its secrets, and saving them. */
import { html, nothing, type TemplateResult } from 'lit';
import type { ChannelAccount, ChannelKind } from '../../server/contract/settings.ts';
import type { ApiProblem } from '../store/problem.ts';
import type { State } from '../store/state.ts';
import { icon } from '../ui/icon.ts';
import { alert } from '../ui/icons.ts';
import { bodyOf, draftOf, fieldsOf, isChanged, type AccountDraft, type Secret } from './settings-account.ts';
import { choiceField, schemaField, textField, type FieldSetting } from './settings-fields.ts';
import { secretField } from './settings-secrets.ts';
import type { SettingsHost, SettingWords } from './settings-sections.ts';

export class AccountForm {
  private draft: AccountDraft;
  private base?: ChannelAccount;
  private problem?: ApiProblem;
  private busy = false;

  constructor(
    private readonly host: SettingsHost,
    private readonly words: SettingWords,
    readonly kind: ChannelKind,
    account: ChannelAccount | undefined,
    /** Told of an account that was created or saved. */
    private readonly saved: (account: ChannelAccount) => void,
  ) {
    this.base = account;
    this.draft = draftOf(kind.kind, account);
  }

  get unsaved(): boolean {
    return isChanged(this.draft, this.base);
  }

  /** The account as others changed it: taken over while nothing is typed here, else saving will say so. */
  follow(account: ChannelAccount): void {
    if (account.version === this.base?.version || this.unsaved || this.busy) return;
    this.reset(account);
  }

  render(state: State): TemplateResult {
    const { t } = this.words;
    const { draft, kind } = this;
    const setting = this.setting;
    const secrets = fieldsOf(kind, 'credentials');
    const settings = fieldsOf(kind, 'settings');
    const agents = (state.lists.agents?.items ?? []).filter(({ id, active }) => active || id === draft.agentId);
    return html`<section class="group"><header><div><h2>${t.channels.general}</h2></div></header>
        ${textField(setting, 'name', t.channels.name, draft.name, (name) => this.change({ name }), { max: 200, autofocus: !this.base })}
        ${textField(setting, 'address', t.channels.address, draft.address, (address) => this.change({ address }), { max: 320, hint: t.channels.addressHint })}
        ${kind.delivery === 'none' ? nothing : choiceField(setting, 'agentId', t.channels.agent, draft.agentId, [['', t.channels.agentNone], ...agents.map(({ id, name, active }) => [id, active ? name : t.channels.agentOff(name)] as const)], (agentId) => this.change({ agentId }))}
        ${choiceField(setting, 'departmentId', t.channels.department, draft.departmentId, [['', t.channels.departmentNone], ...(state.lists.departments?.items ?? []).map(({ id, name }) => [id, name] as const)], (departmentId) => this.change({ departmentId }))}</section>
      ${
        settings.length > 0
          ? html`<section class="group"><header><div><h2>${t.channels.connection}</h2><p>${t.channels.connectionLead}</p></div></header>${settings.map(
              ([name, schema]) =>
                schemaField(setting, `settings.${name}`, name, schema, draft.settings[name], (value) =>
                  this.change({ settings: { ...draft.settings, [name]: value } }),
                ),
            )}</section>`
          : nothing
      }
      ${
        secrets.length > 0
          ? html`<section class="group writes"><header><div><h2>${t.channels.secrets}</h2><p>${t.channels.secretsLead}</p></div></header>${secrets.map(
              ([name, schema]) =>
                secretField(
                  {
                    ...setting,
                    isSet: this.base?.hasCredentials.includes(name) ?? false,
                    count: this.base?.secretCounts[name] ?? 0,
                    typed: draft.secrets[name],
                    change: (secret) => this.changeSecret(name, secret),
                  },
                  name,
                  schema,
                ),
            )}</section>`
          : nothing
      }`;
  }

  /** The bar with which everything is saved at once; nothing where nothing is to be saved. */
  renderBar(): TemplateResult | typeof nothing {
    const { t } = this.words;
    const { base, busy } = this;
    if (base && !this.unsaved && !busy) return nothing;
    return html`<div class="save"><span>${this.refusal() ?? (base ? t.page.unsaved : nothing)}</span>${
      this.problem?.code === 'stale_version' ? html`<button type="button" class="btn" @click=${this.handleTheirs}>${t.page.staleShow}</button>` : nothing
    }${base ? html`<button type="button" class="btn" ?disabled=${busy} @click=${() => this.reset(base)}>${t.page.discard}</button>` : nothing}<button type="button" class="btn primary" data-act="save" ?disabled=${busy}
      @click=${() => void this.save()}>${busy ? t.page.saving : base ? t.page.save : t.channels.create}</button></div>`;
  }

  /** Saves what is different. */
  async save(): Promise<void> {
    const { store } = this.host;
    const body = bodyOf(this.draft, this.base);
    if (!store || !body || this.busy) return;
    this.busy = true;
    this.problem = undefined;
    this.host.requestUpdate();
    const answer = await store.settings.saveItem('channelAccounts', { ...(this.base ? { id: this.base.id, version: this.base.version } : {}), body });
    this.busy = false;
    if (answer.ok) {
      this.reset(answer.value);
      this.saved(answer.value);
    } else {
      this.problem = answer.problem;
      this.host.requestUpdate();
      await this.host.updateComplete;
      this.host.renderRoot.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
    }
  }

  private get setting(): FieldSetting {
    const { receive, send } = this.kind.needs;
    return { words: this.words, errors: this.problem?.errors ?? [], needs: [...receive, ...send] };
  }

  private refusal(): TemplateResult | undefined {
    const {
      problem,
      words: { t },
    } = this;
    if (!problem) return undefined;
    const text = problem.unanswered
      ? t.page.unanswered
      : problem.code === 'stale_version'
        ? t.page.stale
        : problem.code === 'not_found'
          ? t.channels.gone
          : problem.errors.length > 0
            ? t.page.refused
            : t.channels.failed;
    return html`<span class="bad" role="alert">${icon(alert)}${text}</span>`;
  }

  private change(change: Partial<AccountDraft>): void {
    this.draft = { ...this.draft, ...change };
    this.host.requestUpdate();
  }

  private changeSecret(name: string, secret: Secret | undefined): void {
    const { [name]: _before, ...others } = this.draft.secrets;
    this.change({ secrets: secret === undefined ? others : { ...others, [name]: secret } });
  }

  private reset(account: ChannelAccount): void {
    this.base = account;
    this.draft = draftOf(this.kind.kind, account);
    this.problem = undefined;
    this.host.requestUpdate();
  }

  private readonly handleTheirs = (): void => {
    const current = this.problem?.current as ChannelAccount | undefined;
    if (current) this.reset(current);
  };
}
