/** The tools of a server: what it offers, and which of it agents may call. */
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from '../ui/repeat.ts';
import type { OfferedTools, Skill } from '../../server/contract/skill.ts';
import { Skills } from '../store/skills.ts';
import { icon } from '../ui/icon.ts';
import { alert, refresh } from '../ui/icons.ts';
import type { SettingsHost } from './settings-sections.ts';
import type { SkillRisk, ToolDraft } from './settings-skill-draft.ts';
import { saysOf, type SkillSetting, type SkillWords } from './settings-skill-reach.ts';
import { fault } from './why.ts';

const RISKS = ['low', 'medium', 'high'] as const;

export class SkillTools {
  private offered?: OfferedTools;
  private asking = false;
  private failed = false;

  constructor(
    private readonly host: SettingsHost,
    private readonly words: SkillWords,
  ) {}

  /** @param unsaved what is typed is not what would be asked */
  render(setting: SkillSetting, skill: Skill | undefined, unsaved: boolean): TemplateResult {
    const { t } = this.words;
    const { draft } = setting;
    const others = (this.offered?.items ?? []).filter(({ name }) => !draft.tools.some((tool) => tool.name === name));
    return html`<section class="group"><header><div><h2>${t.tools}</h2><p>${t.toolsLead}</p></div></header>
      <div class="line writes"><button type="button" class="btn" data-act="ask" ?disabled=${!skill || unsaved || !draft.url || this.asking} @click=${() => void this.ask(skill)}>${icon(refresh)}${t.ask}</button>${!skill || unsaved ? html`<span class="dim">${t.testUnsaved}</span>` : nothing}</div>
      <div role="status">${this.asking ? html`<p class="dim">${t.asking}</p>` : nothing}${this.failed ? html`<p class="bad">${icon(alert)}${t.testFailed}</p>` : nothing}${this.offered?.error ? html`<p class="bad">${icon(alert)}${fault(this.offered.error, this.offered.why)}</p>` : nothing}</div>
      ${
        draft.tools.length + others.length === 0
          ? html`<p class="hint">${t.noTools}</p>`
          : html`<ul class="tool-list">${repeat(
              draft.tools,
              ({ name }) => name,
              (tool) => this.chosen(setting, tool),
            )}${repeat(
              others,
              ({ name }) => name,
              (tool) => this.other(setting, tool),
            )}</ul>`
      }${saysOf(setting, 'config.tools')}</section>`;
  }

  private chosen({ draft, change }: SkillSetting, tool: ToolDraft): TemplateResult {
    const { t } = this.words;
    const put = (next: Partial<ToolDraft>): void => change({ tools: draft.tools.map((one) => (one.name === tool.name ? { ...one, ...next } : one)) });
    const gone = this.offered && !this.offered.error && !this.offered.items.some(({ name }) => name === tool.name);
    return html`<li><label class="check"><input type="checkbox" .checked=${true} @change=${() => change({ tools: draft.tools.filter(({ name }) => name !== tool.name) })}><code>${tool.name}</code></label>${about(tool.description)}${
      gone ? html`<p class="bad">${icon(alert)}${t.gone}</p>` : nothing
    }<div class="line"><select class="field" aria-label=${t.toolRisk(tool.name)} @change=${(event: Event) => put({ risk: (event.target as HTMLSelectElement).value as SkillRisk })}>${RISKS.map(
      (risk) => html`<option value=${risk} .selected=${risk === tool.risk}>${t.riskFacts[risk]}</option>`,
    )}</select><label class="check"><input type="checkbox" class="switch" role="switch" .checked=${tool.effects} @change=${(event: Event) => put({ effects: (event.target as HTMLInputElement).checked })}>${t.effects}</label></div></li>`;
  }

  private other({ draft, change }: SkillSetting, { name, description, parameters, readOnly }: OfferedTools['items'][number]): TemplateResult {
    const { t } = this.words;
    const choose = (): void => change({ tools: [...draft.tools, { name, description: description.slice(0, 2_000), parameters, risk: 'high', effects: true }] });
    return html`<li><label class="check"><input type="checkbox" .checked=${false} @change=${choose}><code>${name}</code></label>${about(description)}${readOnly ? html`<p class="hint">${t.reads}</p>` : nothing}</li>`;
  }

  private async ask(skill: Skill | undefined): Promise<void> {
    const { store } = this.host;
    if (!store || !skill || this.asking) return;
    this.asking = true;
    this.failed = false;
    this.host.requestUpdate();
    const answer = await new Skills(store.core).tools(skill.id);
    this.asking = false;
    this.failed = !answer.ok;
    if (answer.ok) this.offered = answer.value;
    this.host.requestUpdate();
  }
}

const about = (description: string): unknown => (description ? html`<p class="hint"><bdi>${description}</bdi></p>` : nothing);
