/** The report of handoffs, among the settings: what would help leads to the section where it is done. */
import { html, type TemplateResult } from 'lit';
import './conv-report.ts';
import type { HelpPlace } from './report-helps.ts';
import { sections, type OpenSection, type SectionView, type SettingsHost } from './settings-sections.ts';

export const open: OpenSection = (host) => new HandoffsView(host);

class HandoffsView implements SectionView {
  readonly unsaved = false;

  constructor(private readonly host: SettingsHost) {}

  start(): void {}

  stop(): void {}

  render(): TemplateResult {
    return html`<conv-report @conv-report-go=${this.handleGo}></conv-report>`;
  }

  private readonly handleGo = (event: CustomEvent<HelpPlace>): void => {
    const { section } = event.detail;
    if (sections.some(({ id }) => id === section)) this.host.goTo(section);
  };
}
