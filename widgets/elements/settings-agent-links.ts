/** What is chosen for an agent in other sections, each with the way there. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Agent } from '../../server/contract/settings.ts';
import type { ListName } from '../store/lists.ts';
import type { State } from '../store/state.ts';
import { icon } from '../ui/icon.ts';
import { book, link, next, playbook as playbookGlyph, skill as skillGlyph, type Glyph } from '../ui/icons.ts';
import { languageTitle } from '../ui/languages.ts';
import { channelName } from './settings-agent-words.ts';
import type { AgentWords } from './settings-behaviour.ts';
import { sections, type SettingsHost } from './settings-sections.ts';

/** So many of a long list are shown; the rest is a number. */
const SHOWN = 20;

interface Chosen {
  readonly id: string;
  readonly name: string;
  readonly facts: string;
  readonly active: boolean;
}

interface Part {
  readonly host: SettingsHost;
  readonly words: AgentWords;
  readonly glyph: Glyph;
  readonly title: string;
  readonly lead: string;
  readonly none: string;
  /** The section where it is chosen. */
  readonly section: string;
  readonly all: string;
  /** The list that it is taken from, and what of it is the agent's. */
  readonly list: ListName;
  readonly items: readonly Chosen[];
}

function part({ host, words: { t, tag }, glyph, title, lead, none, section, all, list, items }: Part): TemplateResult {
  const there = sections.some(({ id }) => id === section);
  const rest = items.length - SHOWN;
  const listing = host.store?.get().lists[list];
  const again = (): void => void host.store?.settings.readList(list);
  return html`<section class="group"><header><div><h2>${title}</h2><p>${lead}</p></div>${there ? html`<button type="button" class="btn" data-go=${section} @click=${() => host.leave(() => host.goTo(section))}>${all}${icon(next, 'sm')}</button>` : nothing}</header>${
    !listing?.loaded
      ? listing?.problem
        ? html`<p class="refusal" role="alert">${t.common.failed} <button type="button" class="btn sm" data-look @click=${again}>${t.common.retry}</button></p>`
        : html`<p class="dim" role="status">${t.common.loading}</p>`
      : items.length === 0
        ? html`<p class="hint">${none}</p>`
        : html`<ul class="linked">${items
            .slice(0, SHOWN)
            .map(
              ({ name, facts, active }) =>
                html`<li class=${active ? '' : 'is-off'}>${icon(glyph)}<div><bdi>${name}</bdi><small>${[facts, active ? '' : t.inactive].filter(Boolean).join(' · ')}</small></div></li>`,
            )}</ul>${rest > 0 ? html`<p class="hint">${t.andMore(rest, new Intl.NumberFormat(tag).format(rest))}</p>` : nothing}`
  }</section>`;
}

export function skillsTab(host: SettingsHost, words: AgentWords, agent: Agent, { lists }: State): TemplateResult {
  const { t } = words;
  const items = (lists.skills?.items ?? [])
    .filter(({ agentIds }) => agentIds.length === 0 || agentIds.includes(agent.id))
    .map(({ id, name, risk, description, active }) => ({ id, name, active, facts: `${t.risks[risk]} · ${description}` }));
  return part({
    host,
    words,
    glyph: skillGlyph,
    title: t.skills,
    lead: t.skillsLead(agent.name),
    none: t.noSkills,
    section: 'skills',
    list: 'skills',
    all: t.allSkills,
    items,
  });
}

export function knowledgeTab(host: SettingsHost, words: AgentWords, agent: Agent, { lists }: State): TemplateResult {
  const { t, tag } = words;
  const playbooks = (lists.playbooks?.items ?? [])
    .filter(({ agentId }) => !agentId || agentId === agent.id)
    .map(({ id, name, goal, active }) => ({ id, name, active, facts: goal }));
  const articles = (lists.articles?.items ?? []).map(({ id, title, language, active }) => ({ id, name: title, active, facts: languageTitle(tag, language) }));
  return html`${part({ host, words, glyph: book, title: t.knowledge, lead: t.knowledgeLead(agent.name), none: t.noKnowledge, section: 'articles', list: 'articles', all: t.allKnowledge, items: articles })}
    ${part({ host, words, glyph: playbookGlyph, title: t.playbooks, lead: t.playbooksLead(agent.name), none: t.noPlaybooks, section: 'playbooks', list: 'playbooks', all: t.allPlaybooks, items: playbooks })}`;
}

export function channelsTab(host: SettingsHost, words: AgentWords, agent: Agent, { lists }: State): TemplateResult {
  const { t } = words;
  const items = (lists.channelAccounts?.items ?? [])
    .filter(({ agentId }) => agentId === agent.id)
    .map(({ id, name, channel, address, active }) => ({ id, name, active, facts: [channelName(words, channel), address].filter(Boolean).join(' · ') }));
  return part({
    host,
    words,
    glyph: link,
    title: t.channels,
    lead: t.channelsLead(agent.name),
    none: t.noChannels,
    section: 'channels',
    list: 'channelAccounts',
    all: t.allChannels,
    items,
  });
}
