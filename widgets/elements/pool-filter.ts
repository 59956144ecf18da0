import { html, nothing, type TemplateResult } from 'lit';
import type { Agent, Department, Tag } from '../../server/contract/settings.ts';
import type { Operator } from '../../server/contract/operator.ts';
import type { PoolFilter } from '../store/filter.ts';
import type { Counts } from '../store/state.ts';
import { icon } from '../ui/icon.ts';
import { filter as filterGlyph, search } from '../ui/icons.ts';
import { count, tag } from '../ui/marks.ts';
import { bot, face } from '../ui/people.ts';
import type { Popover } from '../ui/popover.ts';
import type { PoolWords } from './pool-row.ts';
import { priorities, statuses, tokenFields, type TokenField } from './pool-view.ts';

export interface FilterChoices {
  readonly words: PoolWords;
  readonly extra: PoolFilter;
  readonly me: string | undefined;
  readonly agents: readonly Agent[];
  readonly operators: readonly Operator[];
  readonly departments: readonly Department[];
  readonly tags: readonly Tag[];
  readonly counts: Counts | undefined;
  /** Of the contact that is looked for; it is chosen in the side panel. */
  readonly contact: string | undefined;
  /** What was typed to find a filter. */
  readonly typed: string;
  type(text: string): void;
  change(extra: PoolFilter): void;
}

interface Choice {
  readonly field: TokenField;
  readonly value: string | boolean;
  readonly label: string;
  readonly mark?: unknown;
  readonly n?: number;
}

/** Everything that can narrow the pool, by group. */
function groups({ words: { t }, me, agents, operators, departments, tags, counts }: FilterChoices): { heading: string; choices: Choice[] }[] {
  const views = counts?.views;
  return [
    {
      heading: t.pool.only,
      choices: [
        { field: 'unread', value: true, label: t.pool.areUnread, n: counts?.all.unread },
        { field: 'requiresAction', value: true, label: t.pool.requireAction, n: views?.requiresAction.total },
        { field: 'handedOff', value: true, label: t.pool.areHandedOff, n: views?.handedOff.total },
        { field: 'draftPending', value: true, label: t.pool.haveDraft, n: views?.draftPending.total },
        { field: 'snoozed', value: true, label: t.pool.areSnoozed },
      ],
    },
    {
      heading: t.pool.agent,
      choices: [
        ...agents.map((one) => ({ field: 'agentId' as const, value: one.id, label: one.name, mark: bot(one, 18) })),
        { field: 'agentId', value: 'none', label: t.pool.noAgent },
      ],
    },
    {
      heading: t.pool.assignee,
      choices: [
        { field: 'assigneeId', value: 'me', label: t.pool.me },
        { field: 'assigneeId', value: 'none', label: t.pool.nobody },
        ...operators.filter(({ id }) => id !== me).map((one) => ({ field: 'assigneeId' as const, value: one.id, label: one.name, mark: face(one, 18) })),
      ],
    },
    {
      heading: t.pool.department,
      choices: [
        ...departments.map(({ id, name }) => ({ field: 'departmentId' as const, value: id, label: name })),
        { field: 'departmentId', value: 'none', label: t.pool.noDepartment },
      ],
    },
    { heading: t.pool.tag, choices: tags.map(({ name, color }) => ({ field: 'tag', value: name, label: name, mark: tag('', color) })) },
    { heading: t.pool.priority, choices: priorities.map((one) => ({ field: 'priority', value: one, label: t.shared.priority[one] })) },
    { heading: t.pool.status, choices: statuses.map((one) => ({ field: 'status', value: one, label: t.pool.statusName[one] })) },
  ];
}

/** The button and what it opens: one list, narrowed by typing; one choice of each kind. */
export function filterPopover(popover: Popover, choices: FilterChoices): TemplateResult {
  const { words, extra } = choices;
  const { t } = words;
  const active = tokensOf(choices).length;
  const label = active > 0 ? t.pool.filterActive(active) : t.pool.filter;
  return popover.render(
    { look: `btn ghost icon ${active > 0 ? 'is-on' : ''}`, content: icon(filterGlyph), label },
    { look: 'popover pool-filter', role: 'dialog', label: t.pool.filter, align: 'end', content: () => content(choices, extra) },
  );
}

function content(choices: FilterChoices, extra: PoolFilter): TemplateResult {
  const { words, typed } = choices;
  const { t } = words;
  const wanted = plain(typed.trim());
  const shown = groups(choices)
    .map(({ heading, choices: all }) => ({ heading, all: all.filter(({ label }) => plain(`${heading} ${label}`).includes(wanted)) }))
    .filter(({ all }) => all.length > 0);
  const set = ({ field, value }: Choice, on: boolean): void => choices.change({ ...extra, [field]: on ? value : undefined });
  return html`<div class="filter-find"><label class="with-icon">${icon(search)}<span class="sr">${t.pool.findFilter}</span><input class="field sm" placeholder=${t.pool.findHint} .value=${typed}
      @input=${(event: InputEvent) => choices.type((event.target as HTMLInputElement).value)}></label></div>
    <div class="filter-list">${
      shown.length === 0
        ? html`<p class="menu-head">${t.pool.noFilter}</p>`
        : shown.map(
            ({ heading, all }) =>
              html`<p class="menu-head" aria-hidden="true">${heading}</p><div role="group" aria-label=${heading}>${all.map(
                (choice) => html`<label class="menu-item"><input type="checkbox" class="box" .checked=${extra[choice.field] === choice.value}
              @change=${(event: Event) => set(choice, (event.target as HTMLInputElement).checked)}>${choice.mark ?? nothing}<span class="cut" dir="auto">${choice.label}</span>${
                choice.n ? html`<span class="end">${count(words.tag, choice.n)}</span>` : nothing
              }</label>`,
              )}</div>`,
          )
    }</div>`;
}

/** What narrows the pool now, in words. */
export function tokensOf(choices: FilterChoices): { field: TokenField; name: string; value?: string }[] {
  const all = groups(choices);
  return tokenFields.flatMap((field): { field: TokenField; name: string; value?: string }[] => {
    const value = choices.extra[field];
    if (value === undefined) return [];
    if (field === 'contactId') return [{ field, name: choices.words.t.pool.contact, value: choices.contact ?? '…' }];
    const group = all.find(({ choices: some }) => some.some((choice) => choice.field === field));
    const label = group?.choices.find((choice) => choice.field === field && choice.value === value)?.label ?? '…';
    return [typeof value === 'boolean' || !group ? { field, name: label } : { field, name: group.heading, value: label }];
  });
}

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase();
