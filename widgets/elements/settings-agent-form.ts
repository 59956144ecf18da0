/** How an agent behaves: its reply mode, what it is told, when it stays quiet, what it leaves to people. */
import { html, nothing, type TemplateResult } from 'lit';
import type { State } from '../store/state.ts';
import { icon } from '../ui/icon.ts';
import { draft as draftGlyph, pause, play, plus, shield, x } from '../ui/icons.ts';
import { knownLanguages, languageTitle } from '../ui/languages.ts';
import { Menu } from '../ui/menu.ts';
import { bot } from '../ui/people.ts';
import { listed } from '../ui/time.ts';
import { riskRules } from './settings-agent-risk.ts';
import type { AgentField, AgentWords, Behaviour, FormAgent } from './settings-behaviour.ts';
import { toggles, valueOf } from './settings-controls.ts';
import { field, refusal, type Tie } from './settings-frame.ts';
import type { SettingsHost } from './settings-sections.ts';

const MODES = [
  ['auto_send', play],
  ['controlled', shield],
  ['auto_draft', draftGlyph],
  ['off', pause],
] as const;

/** The groups of an agent's form; each is rendered where the page puts it. */
export class AgentForm {
  private readonly languages: Menu;
  private uploading = false;
  private notUploaded = false;
  private preview?: { readonly avatarUrl: string; readonly shown: string };

  constructor(
    private readonly host: SettingsHost,
    private readonly words: AgentWords,
    private readonly behaviour: Behaviour,
  ) {
    this.languages = new Menu(host);
  }

  mode(agent: FormAgent): TemplateResult {
    const { t } = this.words;
    return html`<section class="group"><header><div><h2>${t.mode}</h2><p>${t.modeLead(agent.name)}</p></div></header>${this.marked(
      ['replyMode'],
      html`
      <fieldset class="modes"><legend class="sr">${t.mode}</legend>${MODES.map(
        ([mode, glyph]) => html`<label><input type="radio" name="mode" value=${mode} .checked=${agent.replyMode === mode}
        @change=${() => this.behaviour.put({ replyMode: mode })}><span>${icon(glyph)}${t.modes[mode]}</span><small>${mode === 'off' ? t.modeHints.off(agent.name) : t.modeHints[mode]}</small></label>`,
      )}</fieldset>`,
    )}</section>${agent.replyMode === 'controlled' ? riskRules(agent, this.behaviour, this.words) : nothing}`;
  }

  instructions(agent: FormAgent): TemplateResult {
    const { t, tag } = this.words;
    const others = knownLanguages
      .filter((one) => !agent.languages.includes(one))
      .map((one) => ({ one, name: languageTitle(tag, one) }))
      .toSorted((a, b) => a.name.localeCompare(b.name, tag));
    const first = agent.languages[0];
    return html`<section class="group"><header><div><h2>${t.instructions}</h2><p>${t.instructionsLead(agent.name)}</p></div></header>
      ${this.area('instructions', t.instructions, agent.instructions)}
      ${this.marked(
        ['languages'],
        html`<div role="group" aria-labelledby="languages"><p class="label" id="languages">${t.languages} <small>${first ? t.languagesHint(languageTitle(tag, first)) : t.languagesNone}</small></p>${toggles(
          agent.languages.map((one) => [one, languageTitle(tag, one)] as const),
          agent.languages,
          (languages) => this.behaviour.put({ languages }),
          {
            ticked: true,
            end: this.languages.menu({ look: 'pick', content: html`${icon(plus, 'xs')}${t.add}` }, t.addLanguage, () =>
              others.map(({ one, name }) => ({ label: name, run: () => this.behaviour.put({ languages: [...agent.languages, one] }) })),
            ),
          },
        )}</div>`,
      )}</section>`;
  }

  quiet(agent: FormAgent, { lists }: State): TemplateResult {
    const { t } = this.words;
    return html`<section class="group"><header class=${this.changed('classifierOn')}><div><h2>${t.quiet}</h2><p>${t.quietLead}</p></div><input type="checkbox" class="switch" role="switch" aria-label=${t.classifier} .checked=${agent.classifierOn}
        @change=${(event: Event) => this.behaviour.put({ classifierOn: (event.target as HTMLInputElement).checked })}></header>
      ${agent.classifierOn ? this.area('classifierInstruction', t.classifierInstruction, agent.classifierInstruction) : html`<p class="hint">${t.classifierOff(agent.name)}</p>`}
      ${this.intents('autoReplyIntents', agent, lists, t.autoReply, agent.autoReplyIntents.length > 0 ? t.autoReplyHint : t.autoReplyAll)}</section>`;
  }

  people(agent: FormAgent, { lists }: State): TemplateResult {
    const { t, tag } = this.words;
    const seconds = new Intl.NumberFormat(tag, { style: 'unit', unit: 'second', unitDisplay: 'long' });
    return html`<section class="group"><header><div><h2>${t.people}</h2><p>${t.peopleLead(agent.name)}</p></div></header>
      ${this.intents('reservedIntents', agent, lists, t.reserved, t.reservedHint)}
      ${this.field(
        'fallbackLimit',
        t.fallbackLimit,
        ({
          id,
          invalid,
          says,
        }) => html`<input class="field short" id=${id} type="number" inputmode="numeric" min="1" max="20" .value=${String(agent.fallbackLimit)} aria-invalid=${invalid} aria-describedby=${says}
        @input=${(event: Event) => this.number('fallbackLimit', valueOf(event), 1)}>`,
        t.fallbackHint,
      )}
      ${this.field(
        'burstWaitMs',
        t.burstWait,
        ({
          id,
          invalid,
          says,
        }) => html`<input class="field short" id=${id} type="range" min="0" max="8" step="0.5" .value=${String(agent.burstWaitMs / 1_000)} aria-invalid=${invalid} aria-describedby=${says}
        aria-valuetext=${seconds.format(agent.burstWaitMs / 1_000)} @input=${(event: Event) => this.number('burstWaitMs', valueOf(event), 1_000)}> <output for=${id}>${seconds.format(agent.burstWaitMs / 1_000)}</output>`,
        t.burstHint,
      )}
      ${this.field(
        'dailyTokenLimit',
        t.dailyLimit,
        ({
          id,
          invalid,
          says,
        }) => html`<input class="field short" id=${id} type="number" inputmode="numeric" min="1000" step="1000" .value=${agent.dailyTokenLimit === null ? '' : String(agent.dailyTokenLimit)} aria-invalid=${invalid} aria-describedby=${says}
        @input=${(event: Event) => this.behaviour.put({ dailyTokenLimit: valueOf(event) === '' ? null : Math.round(Number(valueOf(event))) })}>`,
        t.dailyHint,
      )}</section>`;
  }

  identity(agent: FormAgent, { autofocus = false } = {}): TemplateResult {
    const { t } = this.words;
    return html`<section class="group"><header><div><h2>${t.identity}</h2><p>${t.identityLead}</p></div></header>
      ${this.field(
        'name',
        t.name,
        ({
          id,
          invalid,
          says,
        }) => html`<input class="field" id=${id} ?autofocus=${autofocus} maxlength="200" dir="auto" autocomplete="off" .value=${agent.name} aria-invalid=${invalid} aria-describedby=${says}
        @input=${(event: Event) => this.behaviour.put({ name: valueOf(event) })}>`,
      )}
      ${this.field(
        'avatarUrl',
        t.avatar,
        ({
          id,
          invalid,
          says,
        }) => html`<div class="line picture">${bot(this.pictured(agent), 40)}<input class="field" id=${id} type="url" dir="ltr" maxlength="2000" placeholder="https://" autocomplete="off" .value=${agent.avatarUrl ?? ''}
          aria-invalid=${invalid} aria-describedby=${says} @input=${(event: Event) => this.behaviour.put({ avatarUrl: valueOf(event).trim() || null })}>
        <label class="btn writes ${this.uploading ? 'is-busy' : ''}">${this.uploading ? t.uploading : t.upload}<input class="sr" type="file" accept="image/png,image/jpeg,image/gif,image/webp" ?disabled=${this.uploading} @change=${this.handleFile}></label>${
          agent.avatarUrl
            ? html`<button type="button" class="btn ghost icon writes" aria-label=${t.removeAvatar} @click=${() => this.behaviour.put({ avatarUrl: null })}>${icon(x)}</button>`
            : nothing
        }</div>${this.notUploaded ? html`<p class="refusal" role="alert">${t.notUploaded}</p>` : nothing}`,
        t.avatarHint,
      )}</section>`;
  }

  /** A control with its label, what is wrong with it, and what others saved of it meanwhile. */
  private field(name: AgentField, label: string, control: (tie: Tie) => TemplateResult, hint?: string, quiet = false): TemplateResult {
    return this.marked([name], field(`agent-${name}`, label, control, { hint, error: this.behaviour.wrongAt(name) }, quiet), true);
  }

  private area(name: 'instructions' | 'classifierInstruction', label: string, value: string): TemplateResult {
    return this.field(
      name,
      label,
      ({
        id,
        invalid,
        says,
      }) => html`<textarea class="field" rows="3" dir="auto" maxlength="65536" id=${id} .value=${value} aria-invalid=${invalid} aria-describedby=${says}
      @input=${(event: Event) => this.behaviour.put({ [name]: valueOf(event) })}></textarea>`,
      undefined,
      true,
    );
  }

  private intents(field: 'autoReplyIntents' | 'reservedIntents', agent: FormAgent, lists: State['lists'], label: string, hint: string): TemplateResult {
    const { t } = this.words;
    const chosen = agent[field];
    const known = lists.intents?.items ?? [];
    const shown = [...known, ...chosen.filter((name) => known.every((one) => one.name !== name)).map((name) => ({ name, label: name }))];
    return this.marked(
      [field],
      html`<div role="group" aria-labelledby="l-${field}"><p class="label" id="l-${field}">${label} <small>${hint}</small></p>${toggles(
        shown.map((one) => [one.name, one.label] as const),
        chosen,
        (names) => this.behaviour.put({ [field]: shown.map((one) => one.name).filter((one) => names.includes(one)) }),
        {
          ticked: true,
          end:
            shown.length === 0
              ? html`<span class="dim">${lists.intents?.loaded ? t.noIntents : lists.intents?.problem ? t.common.failed : t.common.loading}</span>`
              : nothing,
        },
      )}</div>`,
    );
  }

  private changed(...fields: readonly AgentField[]): string {
    return this.behaviour.agent?.isChanged(...fields) ? 'is-changed' : '';
  }

  /** The mark of something that is not saved, in front of it; behind it what is wrong, unless the content says so, and what others saved. */
  private marked(fields: readonly AgentField[], content: TemplateResult, told = false): TemplateResult {
    const { t } = this.words;
    const draft = this.behaviour.agent;
    const wrong = told ? undefined : fields.map((field) => this.behaviour.wrongAt(field)).find(Boolean);
    const both = draft?.news.filter(({ field, both: mine }) => mine && (fields as readonly string[]).includes(field)) ?? [];
    return html`<div class="fielded ${this.changed(...fields)}">${content}${refusal(`agent-${fields[0]}`, wrong)}${both.map(
      ({ field }) =>
        html`<p class="theirs"><span>${t.theirs}</span> <q>${this.spoken(field as AgentField, draft!.saved)}</q> <button type="button" class="btn sm" @click=${() => {
          draft?.drop(field);
          this.host.requestUpdate();
        }}>${t.takeTheirs}</button></p>`,
    )}${this.changed(...fields) ? html`<span class="sr">${t.isChanged}</span>` : nothing}</div>`;
  }

  private spoken(field: AgentField, saved: FormAgent): string {
    const { t, tag } = this.words;
    if (field === 'replyMode') return t.modes[saved.replyMode];
    if (field === 'riskRules') return new Intl.NumberFormat(tag).format(saved.riskRules.length);
    const value = saved[field];
    if (Array.isArray(value))
      return value.length > 0
        ? listed(
            tag,
            value.map((one) => (field === 'languages' ? languageTitle(tag, one) : one)),
          )
        : '–';
    if (typeof value === 'boolean') return value ? t.isOn : t.isOff;
    return value === null || value === '' ? '–' : String(value);
  }

  /** With a picture that can be seen before it is saved. */
  private pictured(agent: FormAgent): FormAgent {
    return this.preview && this.preview.avatarUrl === agent.avatarUrl ? { ...agent, avatarUrl: this.preview.shown } : agent;
  }

  private number(field: 'fallbackLimit' | 'burstWaitMs', text: string, times: number): void {
    const value = Number(text);
    if (text !== '' && Number.isFinite(value)) this.behaviour.put({ [field]: Math.round(value * times) });
  }

  private readonly handleFile = async (event: Event): Promise<void> => {
    const field = event.target as HTMLInputElement;
    const [file] = field.files ?? [];
    if (!file || !this.host.store) return;
    this.uploading = true;
    this.notUploaded = false;
    this.host.requestUpdate();
    const answer = await this.host.store.upload(file, () => undefined);
    field.value = '';
    this.uploading = false;
    this.notUploaded = !answer.ok || !answer.value.type.startsWith('image/');
    if (answer.ok && !this.notUploaded) {
      // The address that it has once it is saved; until then it is shown by the link of the upload.
      const avatarUrl = answer.value.url.replace(/\/files\/([^/]+\/[^/?]+)\?.*$/, '/avatars/$1');
      this.preview = { avatarUrl, shown: answer.value.url };
      this.behaviour.put({ avatarUrl });
    }
    this.host.requestUpdate();
  };
}
