import { html, nothing, type TemplateResult } from 'lit';
import type { SharedConversation } from '../../server/contract/conversation.ts';
import type { Agent, Department } from '../../server/contract/settings.ts';
import type { Operator } from '../../server/contract/operator.ts';
import type { ReplyMode } from '../../server/contract/common.ts';
import { poolingTexts } from '../locales/pooling.ts';
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
import { ariaKeys } from '../ui/keys.ts';
import { Menu, type MenuEntry, type MenuItem } from '../ui/menu.ts';
import { bot, face } from '../ui/people.ts';
import { actionOf, keysFor } from '../ui/shortcuts.ts';
import { number } from '../ui/time.ts';
import { words } from '../ui/words.ts';
import type { Asked } from './pool-ask.ts';
import { covered, type BulkSet, type Found, type Picks } from './pool-picks.ts';
import type { PoolWords } from './pool-row.ts';
import { priorities } from './pool-view.ts';

interface BulkBar {
  readonly words: PoolWords;
  readonly picks: Picks;
  readonly shown: number;
  /** How many meet the filter, where that is known. */
  readonly found: Found | undefined;
  readonly me: string | undefined;
  readonly agents: readonly Agent[];
  readonly operators: readonly Operator[];
  readonly departments: readonly Department[];
  set(change: BulkSet): void;
  ask(what: Asked): void;
  pickShown(on: boolean): void;
  pickEverything(): void;
  /** Those of the chosen that are loaded. */
  loaded(): readonly SharedConversation[];
}

/** Something that can be done to all that are chosen. */
export interface BulkLine extends MenuItem {
  readonly label: string;
  /** What its keys are named by: those of an open conversation. */
  readonly action?: ChosenAction;
  /** One of many of its kind. */
  readonly many?: boolean;
}

/** What keys do to all that are chosen, in place of the conversation that is open. */
const chosenActions = ['tags', 'close', 'transfer', 'snooze', 'macro', 'merge', 'archive'] as const;
type ChosenAction = (typeof chosenActions)[number];

/** What has a button of its own in the bar. */
const standing: ReadonlySet<ChosenAction> = new Set(['tags', 'transfer', 'close']);
const modes: readonly ReplyMode[] = ['auto_send', 'controlled', 'auto_draft', 'off'];

/** What can be done to the chosen conversations; fetched when the first one is chosen. */
export class PoolBulk {
  private readonly words;
  private readonly menus;
  /** As it was drawn last. */
  private bar?: BulkBar;

  constructor(private readonly host: StoreElement) {
    this.words = words(host, poolingTexts);
    this.menus = { mode: new Menu(host), assign: new Menu(host), department: new Menu(host), more: new Menu(host) };
  }

  render(bar: BulkBar): TemplateResult {
    this.bar = bar;
    const {
      picks,
      shown,
      found,
      words: {
        t: { pool },
        tag,
      },
    } = bar;
    const {
      menus,
      words: {
        t: { bulk: t },
      },
    } = this;
    const all = picks.everything || picks.ids.size >= shown;
    const chosen = covered(picks, found, tag);
    const button = (menu: Menu, glyph: Glyph, label: string, entries: () => readonly MenuEntry[]): TemplateResult =>
      menu.menu({ look: 'btn ghost icon', content: icon(glyph), label }, label, entries, 'end');
    const plain = (glyph: Glyph, label: string, run: () => void, keys = ''): TemplateResult =>
      html`<button type="button" class="btn ghost icon" aria-label=${label} title=${label} aria-keyshortcuts=${keys ? ariaKeys(keys) : nothing} @click=${run}>${icon(glyph)}</button>`;
    const { lines } = this;
    const acting = (action: ChosenAction): unknown =>
      lines.filter((line) => line.action === action).map(({ glyph, label, run, keys }) => plain(glyph ?? x, label, run, keys));
    return html`<div class="bulk" role="toolbar" aria-label=${t.label} @keydown=${this.handleKeydown}>
    <input type="checkbox" class="box ${all ? '' : 'is-mixed'}" aria-label=${t.allShown} .checked=${all} .indeterminate=${!all} @change=${() => bar.pickShown(!all)}>
    <strong>${pool.bulk.selected(chosen.n, chosen.shown)}</strong>
    ${button(menus.mode, robot, t.mode, () => modeEntries(bar))}
    ${button(menus.assign, person, t.assign, () => assignEntries(bar))}
    ${button(menus.department, departmentGlyph, t.department, () => departmentEntries(bar))}
    ${acting('tags')}
    ${acting('close')}
    ${button(menus.more, kebab, t.more, () => [...this.lines.filter(({ action }) => !action || !standing.has(action)), ...priorityEntries(bar)])}
    ${plain(x, t.clear, () => bar.pickShown(false))}
    ${all && found && found.n > shown ? html`<span class="bulk-all">${this.beyond(bar, found)}</span>` : nothing}
  </div>`;
  }

  /** What there is beside those that are loaded. */
  private beyond({ picks, shown, pickEverything, words: { tag } }: BulkBar, found: Found): unknown {
    const { bulk: t } = this.words.t;
    const all = covered({ ...picks, everything: true }, found, tag);
    const whole = all.n === found.n;
    if (picks.everything) return whole ? t.everything(all.shown) : t.first(all.shown);
    return html`${t.allMatch(shown, number(tag, shown))} <button type="button" class="linkish" @click=${pickEverything}>${whole ? t.selectAll(all.shown) : t.selectFirst(all.shown)}</button>`;
  }

  /** Does what keys ask for with all that are chosen; false where they ask for nothing of it. */
  handle(event: KeyboardEvent): boolean {
    const action = actionOf(event, this.host.chosenKeys, chosenActions);
    const line = action && this.lines.find((one) => one.action === action);
    line?.run();
    return line !== undefined;
  }

  /** Everything that can be done to them, what there is many of last and named with its kind. */
  get all(): readonly BulkLine[] {
    const {
      bar,
      words: {
        t: { bulk: t },
      },
    } = this;
    if (!bar) return [];
    const many = (kind: string, entries: readonly MenuEntry[]): BulkLine[] => {
      let of = kind;
      return entries.flatMap((entry) => {
        if (entry === 'line') return [];
        if ('heading' in entry) {
          of = entry.heading;
          return [];
        }
        return [{ ...entry, label: `${of}: ${String(entry.label)}`, many: true }];
      });
    };
    return [
      ...this.lines,
      ...many(t.mode, modeEntries(bar)),
      ...many(t.assign, assignEntries(bar)),
      ...many(t.department, departmentEntries(bar)),
      ...many('', priorityEntries(bar)),
      { label: t.clear, glyph: x, run: () => bar.pickShown(false) },
    ];
  }

  private get lines(): BulkLine[] {
    const {
      bar,
      host,
      menus,
      words: {
        t: { bulk: t },
      },
    } = this;
    if (!bar) return [];
    const { words: common, picks, pickShown, set, ask } = bar;
    const mergePicked = async (): Promise<void> => {
      const { mergeChosen } = await import('./pool-merge.ts');
      mergeChosen(host, common, [...picks.ids]);
      pickShown(false);
    };
    const loaded = bar.loaded();
    // What is closed already can only be opened again.
    const closed = loaded.length > 0 && loaded.every(({ status }) => status !== 'open');
    const reopen = { label: t.reopen, glyph: undo, run: () => set({ status: 'open' }) };
    const lines: BulkLine[] = [
      { action: 'tags', label: t.tag, glyph: tagGlyph, run: () => ask('tags') },
      { action: 'transfer', label: t.assign, glyph: person, run: () => menus.assign.show() },
      { action: 'close', ...(closed ? reopen : { label: t.close, glyph: done, run: () => set({ status: 'closed' }) }) },
      { label: t.read, glyph: eye, run: () => set({ read: true }) },
      { label: t.markUnread, glyph: bell, run: () => set({ read: false }) },
      { action: 'snooze', label: t.snooze, glyph: clock, run: () => ask('snooze') },
      { action: 'macro', label: common.t.pool.bulk.macro, glyph: skill, run: () => ask('macro') },
      ...(picks.ids.size === 2 && !picks.everything ? [{ action: 'merge', label: t.merge, glyph: merge, run: () => void mergePicked() } as const] : []),
      { action: 'archive', label: t.archive, glyph: archive, run: () => set({ status: 'archived' }) },
      ...(closed ? [] : [reopen]),
    ];
    return lines.map((line) => (line.action ? { ...line, keys: keysFor(host.chosenKeys, line.action) } : line));
  }

  private readonly handleKeydown = (event: KeyboardEvent): void => {
    if (!this.handle(event)) return;
    event.preventDefault();
    event.stopPropagation();
  };
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

function priorityEntries({ words: { t }, set }: BulkBar): MenuEntry[] {
  return [{ heading: t.pool.priority }, ...priorities.map((priority) => ({ label: t.shared.priority[priority], run: () => set({ priority }) }))];
}
