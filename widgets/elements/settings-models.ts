/** Which model answers, and where that is set up: nothing is typed here. */
import { html, type TemplateResult } from 'lit';
import { accessTexts } from '../locales/access.ts';
import { icon } from '../ui/icon.ts';
import { robot } from '../ui/icons.ts';
import { words } from '../ui/words.ts';
import type { OpenSection, SectionView, SettingsHost } from './settings-sections.ts';

export const open: OpenSection = (host) => new ModelsView(host);

/** In the order in which somebody sets them. */
const VARIABLES = ['MODEL', 'OPENAI_BASE_URL', 'OPENAI_API_KEY', 'EMBEDDING_MODEL', 'MODEL_TIMEOUT_MS'] as const;

class ModelsView implements SectionView {
  readonly unsaved = false;
  private readonly words;

  constructor(private readonly host: SettingsHost) {
    this.words = words(host, accessTexts);
  }

  start(): void {}

  stop(): void {}

  render(): TemplateResult {
    const model = this.host.store?.get().me?.workspace.model;
    const { models: t } = this.words.t;
    if (!model) return html``;
    return html`<div class="form"><header class="form-head"><div><h1 tabindex="-1">${t.title}</h1><p>${t.lead}</p></div></header><div class="form-body">
      <section class="group"><header>${icon(robot, 'lg')}<div><p>${t.now}</p><h2>${model.builtin ? t.builtin : html`<bdi>${model.name}</bdi>`}</h2><p>${model.builtin ? t.builtinText : t.configuredText}</p></div></header></section>
      <section class="group"><header><div><h2>${t.change}</h2><p>${t.changeText}</p></div></header><dl class="facts2">${VARIABLES.map((name) => html`<dt><code dir="ltr">${name}</code></dt><dd>${t.variables[name]}</dd>`)}</dl></section></div></div>`;
  }
}
