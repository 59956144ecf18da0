/** Trying a skill out: its arguments, and what came of the call. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Skill, SkillTest } from '../../server/contract/skill.ts';
import { Skills } from '../store/skills.ts';
import { icon } from '../ui/icon.ts';
import { alert, check, play } from '../ui/icons.ts';
import { took } from '../ui/time.ts';
import { choiceField, labelled } from './settings-fields.ts';
import type { SettingsHost } from './settings-sections.ts';
import type { SkillSetting, SkillWords } from './settings-skill-reach.ts';
import { fault } from './why.ts';
import { flaw } from '../ui/told.ts';

export class SkillTrial {
  private typed = '{}';
  private tool = '';
  private running = false;
  private result?: SkillTest | 'unanswered';
  private fault?: string;

  constructor(
    private readonly host: SettingsHost,
    private readonly words: SkillWords,
  ) {}

  /** @param unsaved what is typed is not what would be called */
  render(setting: SkillSetting, skill: Skill, unsaved: boolean): TemplateResult {
    const { t } = this.words;
    const { tools, url } = setting.draft;
    const errors = this.fault === undefined ? [] : [{ path: 'arguments', message: this.fault }];
    const mcp = skill.kind === 'mcp';
    return html`<section class="group writes"><header><div><h2>${t.test}</h2><p>${t.testLead}</p></div></header>
      ${
        mcp && tools.length > 0
          ? choiceField(
              setting,
              'tool',
              t.tool,
              this.tool || (tools[0]?.name ?? ''),
              tools.map(({ name }) => [name, name] as const),
              (tool) => (this.tool = tool),
            )
          : nothing
      }
      ${labelled(
        { ...setting, errors },
        'arguments',
        t.testArgs,
        ({
          id,
          invalid,
          says,
        }) => html`<textarea class="field code" id=${id} rows="3" dir="ltr" spellcheck="false" .value=${this.typed} aria-invalid=${invalid} aria-describedby=${says}
        @input=${(event: Event) => (this.typed = (event.target as HTMLTextAreaElement).value)}></textarea>`,
      )}
      <div class="line"><button type="button" class="btn" data-act="test" ?disabled=${this.running || unsaved || !url || (mcp && tools.length === 0)} @click=${() => void this.run(skill, tools[0]?.name)}>${icon(play)}${t.testRun}</button>${unsaved ? html`<span class="dim">${t.testUnsaved}</span>` : nothing}</div>
      <div role="status">${this.running ? html`<p class="line"><span class="working" aria-hidden="true"><i></i></span>${t.testing}</p>` : this.outcome()}</div></section>`;
  }

  private outcome(): TemplateResult | typeof nothing {
    const {
      result,
      words: { t },
    } = this;
    if (!result) return nothing;
    if (result === 'unanswered') return html`<p class="bad">${icon(alert)}${t.testFailed}</p>`;
    const { outcome, status, error, why, answer, ms } = result;
    const long = took(this.words, ms);
    const said = outcome === 'done' ? t.done(long) : outcome === 'unknown' ? t.doneUnknown(long) : t.doneNot(long);
    return html`<ul class="steps-done"><li class=${result.ok ? '' : 'no'}>${icon(result.ok ? check : alert)}<span>${said}${status === null ? nothing : html` · ${t.status(String(status))}`}</span>${error ? html`<small>${fault(error, why)}</small>` : nothing}</li></ul>${
      answer ? html`<p class="label">${t.answer}</p><pre class="payload" dir="ltr" tabindex="0">${answer}</pre>` : nothing
    }`;
  }

  /** What is wrong with the arguments; what the schema says of them stands beside it, whatever the language. */
  private flawOf(message: string): string {
    const said = flaw(this.words, message);
    return said === message ? said : `${said} (${message})`;
  }

  private async run({ id, kind }: Skill, first: string | undefined): Promise<void> {
    const { store } = this.host;
    if (!store || this.running) return;
    this.fault = undefined;
    this.result = undefined;
    let given: Record<string, unknown>;
    try {
      given = JSON.parse(this.typed) as Record<string, unknown>;
    } catch (error) {
      this.fault = this.words.t.notJson((error as Error).message);
      return this.host.requestUpdate();
    }
    this.running = true;
    this.host.requestUpdate();
    const tool = kind === 'mcp' ? this.tool || first : undefined;
    const answer = await new Skills(store.core).test(id, { arguments: given, ...(tool ? { tool } : {}) });
    this.running = false;
    if (answer.ok) this.result = answer.value;
    else if (answer.problem.errors.length > 0) this.fault = answer.problem.errors.map(({ message }) => this.flawOf(message)).join('; ');
    else this.result = 'unanswered';
    this.host.requestUpdate();
  }
}
