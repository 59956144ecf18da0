/** The sections of the settings: each is named here, and what it shows is a file of its own that is fetched when it is opened. */
import type { TemplateResult } from 'lit';
import type { settings } from '../locales/en/settings.ts';
import type { StoreElement } from '../store/element.ts';
import type { ListName } from '../store/lists.ts';
import type { Listing, State } from '../store/state.ts';
import { icon } from '../ui/icon.ts';
import {
  archive,
  book,
  card,
  chart,
  clock,
  department,
  flag,
  globe,
  handoff,
  link,
  lock,
  people,
  playbook,
  plus,
  reply,
  robot,
  shield,
  skill,
  sort,
  tag,
  ticket,
  voice,
  type Glyph,
} from '../ui/icons.ts';
import { bot } from '../ui/people.ts';
import { number } from '../ui/time.ts';
import type { Spoken } from '../ui/words.ts';

export type SettingWords = Spoken<typeof settings>;

/**
 * The element that sections render through.
 *
 * Operators who are no admins may look: the host disables every field and `.pick` but those with `data-look` (a search, a filter,
 * a trial), and its sheet hides what only writes: `.save`, submit buttons, `data-act="add"` and `"remove"`, and whatever has the class `writes`.
 */
export type SettingsHost = StoreElement & {
  /** Whether who looks may also change things. */
  readonly mayEdit: boolean;
  /** What of the section is open: what stands behind the slash in `section="agents/<id>"`; empty where nothing does. */
  readonly place: string;
  /** Opens a section, or a part of one (`agents/<id>`), without asking about what is not saved; see `leave`. */
  goTo(section: string): void;
  /** Asks before something goes that is not saved, then goes. */
  leave(go: () => void): void;
};

/** Opens a section: every section's file exports it as `open`. */
export type OpenSection = (host: SettingsHost, words: SettingWords) => SectionView;

/** The groups of the navigation, in their order. */
export const groups = ['agents', 'knowledge', 'people', 'connections', 'reports'] as const;

/** One entry of the navigation. */
export interface Section {
  readonly id: string;
  readonly group: (typeof groups)[number];
  readonly glyph: Glyph;
  /** Lists that its entries in the navigation are made from. */
  readonly needs?: readonly ListName[];
  title(words: SettingWords): string;
  /** How many things need somebody, at the end of its entry, and the same in words. */
  note?(state: State, words: SettingWords): { readonly count: string; readonly says: string } | undefined;
  /** Entries of its own in place of one with its title: its parts, each with a mark before its name and a word at its end. */
  entries?(
    state: State,
    words: SettingWords,
  ): readonly { readonly part: string; readonly mark: TemplateResult; readonly title: string; readonly end?: string }[];
  load(): Promise<{ readonly open: OpenSection }>;
}

/** A section on screen. It renders through its host, which calls `start` when it is shown and `stop` when it leaves. */
export interface SectionView {
  render(): TemplateResult;
  /** Something was typed that is not saved; it would be lost. */
  readonly unsaved: boolean;
  start(): void;
  stop(): void;
}

/** The entry of a section with how many it holds, once that is known. */
const counted = (glyph: Glyph, title: string, listing: Pick<Listing<unknown>, 'items' | 'loaded'> | undefined, { tag: language }: SettingWords) => [
  { part: '', mark: icon(glyph), title, ...(listing?.loaded ? { end: number(language, listing.items.length) } : {}) },
];

/** Within its group, each stands where it stands here. */
export const sections: readonly Section[] = [
  {
    id: 'agents',
    group: 'agents',
    glyph: robot,
    needs: ['agents'],
    title: ({ t }) => t.page.agents,
    entries: ({ lists, me }, { t }) => [
      ...(lists.agents?.items ?? [])
        .toSorted((one, other) => Number(other.active) - Number(one.active))
        .map((one) => ({ part: one.id, title: one.name, ...(one.active ? {} : { end: t.page.inactive }), mark: bot(one, 18) })),
      ...(me?.role === 'admin' ? [{ part: 'new', mark: icon(plus), title: t.page.newAgent }] : []),
    ],
    load: () => import('./settings-agents.ts'),
  },
  {
    id: 'cards',
    group: 'knowledge',
    glyph: card,
    needs: ['guidanceCards'],
    title: ({ t }) => t.page.cards,
    entries: ({ lists }, words) => counted(card, words.t.page.cards, lists.guidanceCards, words),
    load: () => import('./settings-cards.ts'),
  },
  {
    id: 'playbooks',
    group: 'knowledge',
    glyph: playbook,
    needs: ['playbooks'],
    title: ({ t }) => t.page.playbooks,
    entries: ({ lists }, words) => counted(playbook, words.t.page.playbooks, lists.playbooks, words),
    load: () => import('./settings-playbooks.ts'),
  },
  {
    id: 'skills',
    group: 'knowledge',
    glyph: skill,
    needs: ['skills'],
    title: ({ t }) => t.page.skills,
    entries: ({ lists }, words) => counted(skill, words.t.page.skills, lists.skills, words),
    load: () => import('./settings-skills.ts'),
  },
  {
    id: 'articles',
    group: 'knowledge',
    glyph: book,
    title: ({ t }) => t.page.articles,
    entries: ({ lists }, words) => counted(book, words.t.page.articles, lists.articles, words),
    load: () => import('./settings-articles.ts'),
  },
  { id: 'operators', group: 'people', glyph: people, title: ({ t }) => t.page.operators, load: () => import('./settings-operators.ts') },
  { id: 'departments', group: 'people', glyph: department, title: ({ t }) => t.page.departments, load: () => import('./settings-departments.ts') },
  { id: 'routing', group: 'people', glyph: sort, title: ({ t }) => t.page.routing, load: () => import('./settings-routing.ts') },
  { id: 'triggers', group: 'people', glyph: handoff, title: ({ t }) => t.page.triggers, load: () => import('./settings-triggers.ts') },
  { id: 'routes', group: 'people', glyph: voice, title: ({ t }) => t.page.routes, load: () => import('./settings-routes.ts') },
  { id: 'hours', group: 'people', glyph: clock, title: ({ t }) => t.page.hours, load: () => import('./settings-hours.ts') },
  { id: 'intents', group: 'people', glyph: flag, title: ({ t }) => t.page.intents, load: () => import('./settings-intents.ts') },
  { id: 'tags', group: 'people', glyph: tag, title: ({ t }) => t.page.tags, load: () => import('./settings-tags.ts') },
  { id: 'quick', group: 'people', glyph: reply, title: ({ t }) => t.page.quick, load: () => import('./settings-quick.ts') },
  { id: 'macros', group: 'people', glyph: skill, title: ({ t }) => t.page.macros, load: () => import('./settings-macros.ts') },
  {
    id: 'channels',
    group: 'connections',
    glyph: link,
    title: ({ t }) => t.channels.title,
    note(state, { t, tag: language }) {
      const wrong = (state.lists.channelAccounts?.items ?? []).filter(({ lastError }) => lastError !== null).length;
      const count = number(language, wrong);
      return wrong > 0 ? { count, says: t.channels.errors(count) } : undefined;
    },
    load: () => import('./settings-channels.ts'),
  },
  { id: 'models', group: 'connections', glyph: robot, title: ({ t }) => t.page.models, load: () => import('./settings-models.ts') },
  { id: 'keys', group: 'connections', glyph: lock, title: ({ t }) => t.page.keys, load: () => import('./settings-keys.ts') },
  { id: 'data', group: 'connections', glyph: archive, title: ({ t }) => t.page.data, load: () => import('./settings-data.ts') },
  { id: 'hosts', group: 'connections', glyph: globe, title: ({ t }) => t.page.hosts, load: () => import('./settings-hosts.ts') },
  { id: 'tickets', group: 'connections', glyph: ticket, title: ({ t }) => t.page.tickets, load: () => import('./ticket-tracker-settings.ts') },
  { id: 'checks', group: 'reports', glyph: shield, title: ({ t }) => t.page.checks, load: () => import('./settings-checks.ts') },
  { id: 'handoffs', group: 'reports', glyph: chart, title: ({ t }) => t.page.handoffs, load: () => import('./settings-handoffs.ts') },
  { id: 'audit', group: 'reports', glyph: clock, title: ({ t }) => t.page.audit, load: () => import('./settings-audit.ts') },
];
