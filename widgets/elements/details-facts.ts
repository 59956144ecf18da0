import { html, nothing, type TemplateResult } from 'lit';
import type { PatchConversation, SharedConversation } from '../../server/contract/conversation.ts';
import type { ReplyMode } from '../../server/contract/common.ts';
import type { Agent, Department, Tag } from '../../server/contract/settings.ts';
import type { Operator } from '../../server/contract/operator.ts';
import { icon } from '../ui/icon.ts';
import { department as departmentGlyph, down, person, plus, robot, x } from '../ui/icons.ts';
import { tag, urgentMark } from '../ui/marks.ts';
import type { Menu, MenuEntry } from '../ui/menu.ts';
import { bot, face } from '../ui/people.ts';
import type { PoolWords } from './pool-row.ts';
import { priorities } from './pool-view.ts';
import type { TagPicker } from './tag-picker.ts';

export interface FactMenus {
  readonly assignee: Menu;
  readonly agent: Menu;
  readonly mode: Menu;
  readonly department: Menu;
  readonly priority: Menu;
  readonly tag: TagPicker;
}

export interface LoggedFact {
  readonly label: string;
  readonly text: string;
  log(): void;
}

export interface Facts {
  readonly words: PoolWords;
  readonly conversation: SharedConversation;
  readonly me: string | undefined;
  readonly agents: readonly Agent[];
  readonly operators: readonly Operator[];
  readonly departments: readonly Department[];
  readonly tags: readonly Tag[];
  readonly mayCreateTags: boolean;
  /** What else is known, from what was logged: each leads to where more is logged. */
  readonly logged: readonly LoggedFact[];
  readonly menus: FactMenus;
  patch(change: PatchConversation): void;
}

/** Characters that a value has room for, about: beyond, it says only what it is, and its menu what it comes from. */
const room = 24;

const modes: readonly ReplyMode[] = ['auto_send', 'controlled', 'auto_draft', 'off'];

/** Who holds the conversation and how it is answered; each value is a menu. */
export function factsSection(facts: Facts): TemplateResult {
  const {
    words: { t },
    conversation: one,
    me,
    menus,
  } = facts;
  const fact = (label: string, menu: Menu, content: unknown, entries: () => readonly MenuEntry[]): TemplateResult =>
    html`<dt>${label}</dt><dd>${menu.menu({ look: 'edit', content: html`<span class="sr">${t.details.edit(label)} </span>${content}${icon(down, 'xs')}` }, label, entries)}</dd>`;
  const assignee = one.assignee ? (one.assignee.id === me ? t.details.you : one.assignee.name) : t.details.nobody;
  const mode = t.shared.mode[one.replyMode];
  return html`<section class="sec" aria-label=${t.details.facts}><dl class="facts">${fact(
    t.details.assignee,
    menus.assignee,
    one.assignee ? html`${face(one.assignee, 16)}<span class="cut" dir="auto">${assignee}</span>` : html`<span class="dim">${assignee}</span>`,
    () => assignees(facts),
  )}${fact(
    t.details.agent,
    menus.agent,
    one.agent ? html`${bot(one.agent, 16)}<span class="cut" dir="auto">${one.agent.name}</span>` : html`<span class="dim">${t.details.noAgent}</span>`,
    () => agents(facts),
  )}${fact(
    t.details.mode,
    menus.mode,
    html`<span class="cut">${mode}</span>${one.replyModeOverride === null && mode.length + t.details.modeDefault.length <= room ? html`<span class="dim">${t.details.modeDefault}</span>` : nothing}`,
    () => replyModes(facts),
  )}${fact(
    t.details.department,
    menus.department,
    one.department ? html`<span class="cut" dir="auto">${one.department.name}</span>` : html`<span class="dim">${t.details.noDepartment}</span>`,
    () => departments(facts),
  )}${fact(t.details.priority, menus.priority, html`${one.priority === 'urgent' ? urgentMark('') : nothing}${t.shared.priority[one.priority]}`, () =>
    priorities.map((priority) => ({ label: t.shared.priority[priority], checked: one.priority === priority, run: () => facts.patch({ priority }) })),
  )}${one.handoff?.fields?.map(({ label, value }) => html`<dt>${label || one.handoff?.route?.label}</dt><dd><bdi>${value}</bdi></dd>`)}${facts.logged.map(
    ({ label, text, log }) =>
      html`<dt>${label}</dt><dd><button type="button" class="edit" title=${text} @click=${log}><span class="sr">${t.details.edit(label)} </span><span class="cut" dir="auto">${text}</span>${icon(plus, 'xs')}</button></dd>`,
  )}${
    one.participants.length > 1
      ? html`<dt>${t.details.participants}</dt><dd><span class="faces">${one.participants.map((who) => html`<span title=${who.name}>${face(who, 18)}<span class="sr">${who.name}</span></span>`)}</span></dd>`
      : nothing
  }</dl></section>`;
}

function assignees({ words: { t }, conversation, me, operators, patch }: Facts): MenuEntry[] {
  const active = operators.filter((one) => one.active).toSorted((one, other) => Number(other.id === me) - Number(one.id === me));
  return [
    ...active.map((one) => ({
      label: one.id === me ? t.details.you : one.name,
      mark: face(one, 18),
      checked: conversation.assignee?.id === one.id,
      run: () => patch({ assigneeId: one.id }),
    })),
    { label: t.details.unassign, glyph: person, checked: !conversation.assignee, run: () => patch({ assigneeId: null }) },
  ];
}

function agents({ words: { t }, conversation, agents: all, patch }: Facts): MenuEntry[] {
  return [
    ...all
      .filter((one) => one.active || one.id === conversation.agent?.id)
      .map((one) => ({
        label: one.name,
        mark: bot(one, 18),
        checked: conversation.agent?.id === one.id,
        refused: one.active ? undefined : t.details.inactive,
        run: () => patch({ agentId: one.id }),
      })),
    { label: t.details.noAgent, glyph: robot, checked: !conversation.agent, run: () => patch({ agentId: null }) },
  ];
}

function replyModes({ words: { t }, conversation, agents: all, patch }: Facts): MenuEntry[] {
  const own = all.find(({ id }) => id === conversation.agent?.id)?.replyMode;
  return [
    ...modes.map((mode) => ({ label: t.shared.mode[mode], checked: conversation.replyModeOverride === mode, run: () => patch({ replyMode: mode }) })),
    'line',
    {
      label: own ? t.details.asAgent(t.shared.mode[own]) : t.pool.bulk.modeDefault,
      checked: conversation.replyModeOverride === null,
      run: () => patch({ replyMode: null }),
    },
  ];
}

function departments({ words: { t }, conversation, departments: all, patch }: Facts): MenuEntry[] {
  return [
    ...all.map(({ id, name }) => ({
      label: name,
      glyph: departmentGlyph,
      checked: conversation.department?.id === id,
      run: () => patch({ departmentId: id }),
    })),
    { label: t.details.noDepartment, checked: !conversation.department, run: () => patch({ departmentId: null }) },
  ];
}

/** The tags, each with a way off, and the picker of all. */
export function tagsSection({ words: { t }, conversation, tags, mayCreateTags, menus, patch }: Facts): TemplateResult {
  const names = conversation.tags.map(({ name }) => name);
  const toggle = (name: string, on: boolean): void => patch({ tags: on ? [...names, name] : names.filter((one) => one !== name) });
  return html`<section class="sec" aria-label=${t.details.tags}><div class="tags">${conversation.tags.map(
    ({ name, color }) =>
      html`<span class="tag-on">${tag(name, color)}<button type="button" class="tag-off" aria-label=${t.details.removeTag(name)} @click=${() => toggle(name, false)}>${icon(x, 'xs')}</button></span>`,
  )}${menus.tag.render(names.length === 0 ? { look: 'btn ghost sm', content: html`${icon(plus)}${t.details.addTag}` } : { look: 'btn ghost sm icon', content: icon(plus), label: t.details.addTag }, { tags, on: names, mayCreate: mayCreateTags, toggle })}</div></section>`;
}
