import { html, nothing, type TemplateResult } from 'lit';
import type { Agent, Department, Operator } from '../../server/contract/settings.ts';
import type { ReplyMode } from '../../server/contract/common.ts';
import type { StoreElement } from '../store/element.ts';
import { icon } from '../ui/icon.ts';
import {
  archive,
  bell,
  clock,
  department as departmentGlyph,
  done,
  eye,
  kebab,
  merge,
  person,
  robot,
  skill,
  tag as tagGlyph,
  undo,
  x,
  type Glyph,
} from '../ui/icons.ts';
import type { Menu, MenuEntry } from '../ui/menu.ts';
import { bot, face } from '../ui/people.ts';
import { number } from '../ui/time.ts';
import type { Asked } from './pool-ask.ts';
import type { BulkSet, Picks } from './pool-picks.ts';
import type { PoolWords } from './pool-row.ts';

export interface BulkMenus {
  readonly mode: Menu;
  readonly assign: Menu;
  readonly department: Menu;
  readonly more: Menu;
}

export interface BulkBar {
  readonly words: PoolWords;
  readonly picks: Picks;
  readonly shown: number;
  /** How many meet the filter, where that is known. */
  readonly total: number;
  readonly me: string | undefined;
  readonly agents: readonly Agent[];
  readonly operators: readonly Operator[];
  readonly departments: readonly Department[];
  readonly menus: BulkMenus;
  readonly host: StoreElement;
  set(change: BulkSet): void;
  ask(what: Asked): void;
  pickShown(on: boolean): void;
  pickEverything(): void;
}

const modes: readonly ReplyMode[] = ['auto_send', 'controlled', 'auto_draft', 'off'];

/** What can be done to the chosen conversations. */
export function bulkBar(bar: BulkBar): TemplateResult {
  const { words, picks, shown, total, menus } = bar;
  const { t, tag: lang } = words;
  const n = picks.everything ? total : picks.ids.size;
  const all = picks.everything || picks.ids.size >= shown;
  const button = (menu: Menu, glyph: Glyph, label: string, entries: () => readonly MenuEntry[]): TemplateResult =>
    menu.menu({ look: 'btn ghost icon', content: icon(glyph), label }, label, entries, 'end');
  const plain = (glyph: Glyph, label: string, run: () => void): TemplateResult =>
    html`<button type="button" class="btn ghost icon" aria-label=${label} title=${label} @click=${run}>${icon(glyph)}</button>`;
  return html`<div class="bulk" role="toolbar" aria-label=${t.pool.bulk.label}>
    <input type="checkbox" class="box ${all ? '' : 'is-mixed'}" aria-label=${t.pool.bulk.allShown} .checked=${all} .indeterminate=${!all} @change=${() => bar.pickShown(!all)}>
    <strong>${t.pool.bulk.selected(n, number(lang, n))}</strong>
    ${button(menus.mode, robot, t.pool.bulk.mode, () => modeEntries(bar))}
    ${button(menus.assign, person, t.pool.bulk.assign, () => assignEntries(bar))}
    ${button(menus.department, departmentGlyph, t.pool.bulk.department, () => departmentEntries(bar))}
    ${plain(tagGlyph, t.pool.bulk.tag, () => bar.ask('tags'))}
    ${plain(done, t.pool.bulk.close, () => bar.set({ status: 'closed' }))}
    ${button(menus.more, kebab, t.pool.bulk.more, () => moreEntries(bar))}
    ${plain(x, t.pool.bulk.clear, () => bar.pickShown(false))}
    ${
      all && total > shown
        ? html`<span class="bulk-all">${
            picks.everything
              ? t.pool.bulk.everything(number(lang, total))
              : html`${t.pool.bulk.allMatch(shown, number(lang, shown))} <button type="button" class="linkish" @click=${bar.pickEverything}>${t.pool.bulk.selectAll(number(lang, total))}</button>`
          }</span>`
        : nothing
    }
  </div>`;
}

function modeEntries({ words: { t }, set }: BulkBar): MenuEntry[] {
  return [
    ...modes.map((mode) => ({ label: t.shared.mode[mode], run: () => set({ replyMode: mode }) })),
    'line',
    { label: t.pool.bulk.modeDefault, run: () => set({ replyMode: null }) },
  ];
}

function assignEntries({ words: { t }, me, operators, agents, set }: BulkBar): MenuEntry[] {
  const people = operators.filter(({ active }) => active).toSorted((one, other) => Number(other.id === me) - Number(one.id === me));
  return [
    { heading: t.pool.assignee },
    ...people.map((one) => ({ label: one.id === me ? t.pool.me : one.name, mark: face(one, 18), run: () => set({ assigneeId: one.id }) })),
    { label: t.pool.nobody, glyph: person, run: () => set({ assigneeId: null }) },
    { heading: t.pool.agent },
    ...agents.filter(({ active }) => active).map((one) => ({ label: one.name, mark: bot(one, 18), run: () => set({ agentId: one.id }) })),
    { label: t.pool.noAgent, glyph: robot, run: () => set({ agentId: null }) },
  ];
}

function departmentEntries({ words: { t }, departments, set }: BulkBar): MenuEntry[] {
  return [
    ...departments.map(({ id, name }) => ({ label: name, run: () => set({ departmentId: id }) })),
    { label: t.pool.noDepartment, run: () => set({ departmentId: null }) },
  ];
}

function moreEntries({ words, picks, host, pickShown, set, ask }: BulkBar): MenuEntry[] {
  const { t } = words;
  const mergePicked = async (): Promise<void> => {
    const { mergeChosen } = await import('./pool-merge.ts');
    mergeChosen(host, words, [...picks.ids]);
    pickShown(false);
  };
  return [
    { label: t.pool.bulk.read, glyph: eye, run: () => set({ read: true }) },
    { label: t.pool.bulk.markUnread, glyph: bell, run: () => set({ read: false }) },
    'line',
    { label: t.pool.bulk.snooze, glyph: clock, run: () => ask('snooze') },
    { label: t.pool.bulk.macro, glyph: skill, run: () => ask('macro') },
    ...(picks.ids.size === 2 && !picks.everything ? [{ label: t.pool.bulk.merge, glyph: merge, run: () => void mergePicked() }] : []),
    { label: t.pool.bulk.archive, glyph: archive, run: () => set({ status: 'archived' }) },
    { label: t.pool.bulk.reopen, glyph: undo, run: () => set({ status: 'open' }) },
  ];
}
