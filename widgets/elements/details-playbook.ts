/** Where the playbook of a conversation stands, and what it has found out. */
import { html, nothing, type TemplateResult } from 'lit';
import type { PlaybookStand } from '../../server/contract/playbook.ts';
import type { contact as contactWords } from '../locales/en/contact.ts';
import { number } from '../ui/time.ts';
import type { Spoken } from '../ui/words.ts';

export function playbookSection(stand: PlaybookStand | null, { t, tag }: Spoken<typeof contactWords>): TemplateResult | typeof nothing {
  if (!stand) return nothing;
  const state = stand.ended?.as ?? (stand.held ? 'held' : undefined);
  return html`<section class="sec" aria-label=${t.playbook}><dl class="facts"><dt>${t.playbook}</dt><dd class="playbook"><bdi>${stand.name}</bdi><small class="dim">${
    stand.ended ? nothing : t.playbookStep(number(tag, stand.step), number(tag, stand.steps.length))
  }${stand.ended || !state ? nothing : ' · '}${state ? t.playbookStands[state] : nothing}</small></dd>${stand.slots.map(
    ({ name, value }) =>
      html`<dt class="cut"><bdi>${name.replaceAll('_', ' ')}</bdi></dt><dd>${value === null ? html`<span class="dim">${t.notKnown}</span>` : html`<bdi class="said">${typeof value === 'number' ? number(tag, value) : value}</bdi>`}</dd>`,
  )}</dl></section>`;
}
