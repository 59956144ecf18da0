/** To which hosts the links and pictures of agents may lead. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Workspace } from '../../server/contract/settings.ts';
import { accessTexts } from '../locales/access.ts';
import { words } from '../ui/words.ts';
import type { OpenSection, SettingsHost } from './settings-sections.ts';
import { WorkspaceView, type Misfit } from './settings-workspace.ts';

export const open: OpenSection = (host) => new HostsView(host);

const linesOf = (text: string): string[] => text.split(/[\s,]+/).filter(Boolean);

/** The form in which hosts are typed: one on each line. */
class HostsView extends WorkspaceView<string> {
  private readonly words;

  constructor(host: SettingsHost) {
    super(host, 'allowedHosts');
    this.words = words(host, accessTexts);
  }

  protected get texts() {
    return this.words.t.hosts;
  }

  protected draftOf({ allowedHosts }: Workspace): string {
    return allowedHosts.join('\n');
  }

  protected bodyOf(text: string): { allowedHosts: string[] } {
    return { allowedHosts: linesOf(text) };
  }

  protected override meaning(text: string): string {
    return linesOf(text).join('\n');
  }

  protected override saysOf({ path, message }: Misfit, text: string): string {
    const line = linesOf(text)[Number(path.split('.')[1])];
    return line === undefined ? super.saysOf({ path, message }, text) : this.words.t.hosts.bad(line);
  }

  protected fields(text: string, put: (text: string) => void, wrongAt: (path: string) => string | undefined): TemplateResult {
    const { hosts: t } = this.words.t;
    const wrong = wrongAt('allowedHosts');
    return html`<section class="group"><div class="one"><label class="label" for="hosts">${t.label}</label>
      <textarea class="field" id="hosts" rows="8" dir="ltr" spellcheck="false" aria-invalid=${wrong ? 'true' : nothing} aria-describedby="hosts-h ${wrong ? 'hosts-e' : ''}" .value=${text} @input=${(event: Event) => put((event.target as HTMLTextAreaElement).value)}></textarea>
      <p class="hint" id="hosts-h">${t.hint}${linesOf(text).length === 0 ? html` ${t.empty}` : nothing}</p>${wrong ? html`<p class="refusal" id="hosts-e" role="alert">${wrong}</p>` : nothing}</div></section>`;
  }
}
