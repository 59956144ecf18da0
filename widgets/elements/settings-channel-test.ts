/** Trying an account out: what is being done, and what came of each step. */
import { html, nothing, type TemplateResult } from 'lit';
import type { AccountTest, ChannelAccount, ChannelKind, TestStep } from '../../server/contract/settings.ts';
import { icon } from '../ui/icon.ts';
import { alert, check, play } from '../ui/icons.ts';
import { took } from '../ui/time.ts';
import { textField, fieldLabel } from './settings-fields.ts';
import type { SettingsHost, SettingWords } from './settings-sections.ts';
import { fault } from './why.ts';

/** The test of one account. */
export class AccountTrial {
  private to = '';
  private running = false;
  private result?: AccountTest | 'unanswered';

  constructor(
    private readonly host: SettingsHost,
    private readonly words: SettingWords,
  ) {}

  /** @param unsaved what is typed is not what would be tried */
  render(account: ChannelAccount, kind: ChannelKind, unsaved: boolean): TemplateResult {
    const { t } = this.words;
    return html`<section class="group writes"><header><div><h2>${t.channels.test}</h2><p>${t.channels.testLead}</p></div></header>${
      kind.delivery === 'provider'
        ? textField({ words: this.words, errors: [], needs: [] }, 'to', t.channels.testTo, this.to, (to) => (this.to = to), {
            max: 320,
            hint: html`${t.channels.testToHint} (${t.common.optional})`,
          })
        : nothing
    }<div class="line"><button type="button" class="btn" data-act="test" ?disabled=${this.running || unsaved} @click=${() => void this.run(account)}>${icon(play)}${t.channels.testRun}</button>${
      unsaved ? html`<span class="dim">${t.channels.testUnsaved}</span>` : nothing
    }</div><div role="status" aria-live="polite">${this.running ? html`<p class="line"><span class="working" aria-hidden="true"><i></i></span>${t.channels.testing}</p>` : this.outcome()}</div></section>`;
  }

  private outcome(): TemplateResult | typeof nothing {
    const {
      result,
      words: { t },
    } = this;
    if (!result) return nothing;
    if (result === 'unanswered') return html`<p class="bad">${icon(alert)}${t.channels.testFailed}</p>`;
    return html`<p>${result.ok ? t.channels.testGood(took(this.words, result.ms)) : t.channels.testBad}</p><ul class="steps-done">${result.steps.map((step) => this.step(step))}</ul>`;
  }

  private step({ name, ok, detail, why }: TestStep): TemplateResult {
    const { t } = this.words;
    const words = name === 'receive' || name === 'send' ? detail && t.channels.lacks(this.named(detail)) : detail && fault(detail, why);
    return html`<li class=${ok ? '' : 'no'}>${icon(ok ? check : alert)}<span>${t.channels.steps[name]} <span class="sr">${ok ? t.channels.stepGood : t.channels.stepBad}</span></span>${words ? html`<small><bdi>${words}</bdi></small>` : nothing}</li>`;
  }

  /** `credentials.authToken, settings.accountSid` by the names of the form. */
  private named(detail: string): string {
    return detail
      .split(', ')
      .map((path) => fieldLabel(this.words, path.split('.').at(-1) ?? path))
      .join(', ');
  }

  private async run({ id }: ChannelAccount): Promise<void> {
    const { store } = this.host;
    if (!store || this.running) return;
    this.running = true;
    this.result = undefined;
    this.host.requestUpdate();
    const answer = await store.settings.testAccount(id, this.to.trim() || undefined);
    this.running = false;
    this.result = answer.ok ? answer.value : 'unanswered';
    this.host.requestUpdate();
  }
}
