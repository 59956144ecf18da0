/** Macros: several things done to a conversation at once. */
import { html, nothing } from 'lit';
import type { Macro, MacroActions } from '../../server/contract/macro.ts';
import type { State } from '../store/state.ts';
import { skill as macroGlyph } from '../ui/icons.ts';
import { listed } from '../ui/time.ts';
import { EditingView } from './settings-editing.ts';
import { textField } from './settings-quick-text.ts';
import type { OpenSection, SettingsHost } from './settings-sections.ts';

export const open: OpenSection = (host) => new MacrosView(host);

interface MacroDraft {
  name: string;
  actions: MacroActions;
}
type Choice = readonly [value: string, label: string];

/** Whether the quick reply of a macro was deleted since. */
const lacksReply = ({ quickReplyId }: MacroActions, { quickReplies }: State['lists']): boolean =>
  quickReplyId !== undefined && quickReplies?.loaded === true && !quickReplies.items.some(({ id }) => id === quickReplyId);

class MacrosView extends EditingView<'macros', MacroDraft> {
  constructor(host: SettingsHost) {
    super(host, 'macros', ['tags', 'departments', 'operators', 'agents', 'quickReplies'], macroGlyph);
  }

  protected get texts() {
    return this.words.t.macros;
  }

  protected draftOf(item?: Macro): MacroDraft {
    return { name: item?.name ?? '', actions: item?.actions ?? {} };
  }

  protected row({ name, actions }: Macro, { lists }: State) {
    const {
      t: {
        macros: { does, replyGone },
      },
      tag,
    } = this.words;
    const facts = listed(
      tag,
      (Object.keys(actions) as (keyof MacroActions)[]).map((key) => does[key]),
    );
    return { mark: html``, name, facts: lacksReply(actions, lists) ? html`${facts}<br><span class="bad">${replyGone}</span>` : facts };
  }

  protected fields({ actions }: MacroDraft, { lists }: State) {
    const { t } = this.words;
    const { macros } = t;
    const named = (items: readonly { id: string; name: string }[] | undefined): Choice[] => (items ?? []).map(({ id, name }) => [id, name]);
    const tags = (lists.tags?.items ?? []).map(({ name }): Choice => [name, name]);
    const snooze = actions.snooze === undefined ? '' : String(actions.snooze);
    return html`${textField({ id: 'macro-text', label: macros.does.text, text: actions.text ?? '', words: this.words, wrong: this.wrongAt('actions.text'), change: (text) => this.set({ text: text || undefined }) })}
      ${this.select('quickReplyId', [...named(lists.quickReplies?.items), ...(lacksReply(actions, lists) ? [[actions.quickReplyId ?? '', macros.replyGone] as const] : [])], actions.quickReplyId ?? '', (quickReplyId) => this.set({ quickReplyId }))}
      <div><label class="label" for="macro-note">${macros.does.note}</label><textarea class="field" id="macro-note" rows="2" maxlength="10000" dir="auto" .value=${actions.note ?? ''} @input=${(event: Event) => this.set({ note: (event.target as HTMLTextAreaElement).value || undefined })}></textarea></div>
      <div class="pair">${this.select('addTags', tags, actions.addTags?.[0] ?? '', (tag) => this.set({ addTags: tag ? [tag] : undefined }))}${this.select('removeTags', tags, actions.removeTags?.[0] ?? '', (tag) => this.set({ removeTags: tag ? [tag] : undefined }))}
      ${this.select('departmentId', named(lists.departments?.items), actions.departmentId ?? '', (departmentId) => this.set({ departmentId }))}
      ${this.select('assigneeId', [['me', macros.me], ...named(lists.operators?.items)], actions.assigneeId ?? '', (assigneeId) => this.set({ assigneeId }))}
      ${this.select('priority', Object.entries(macros.priorities), actions.priority ?? '', (priority) => this.set({ priority: priority as MacroActions['priority'] }))}
      ${this.select('status', Object.entries(macros.statuses), actions.status ?? '', (status) => this.set({ status: status as MacroActions['status'] }))}
      ${this.select('snooze', Object.entries(macros.snoozes), snooze, (until) => this.set({ snooze: until === undefined ? undefined : until === 'next_message' ? until : Number(until) }))}
      ${this.select('replyMode', Object.entries(macros.modes), actions.replyMode ?? '', (mode) => this.set({ replyMode: mode as MacroActions['replyMode'] }))}
      ${this.select('transferToAi', named(lists.agents?.items.filter(({ active }) => active)), actions.transferToAi ?? '', (transferToAi) => this.set({ transferToAi }))}</div>${
        Object.keys(actions).length === 0 ? html`<p class="hint">${macros.nothing}</p>` : nothing
      }`;
  }

  protected removalText() {
    return html`<p>${this.words.t.macros.removeText}</p>`;
  }

  private select(key: keyof MacroActions, choices: readonly Choice[], value: string, choose: (value: string | undefined) => void) {
    const { macros } = this.words.t;
    const wrong = this.wrongAt(`actions.${key}`);
    return html`<div><label class="label" for="macro-${key}">${macros.does[key]}</label><select class="field" id="macro-${key}" aria-invalid=${wrong ? 'true' : nothing} aria-describedby=${wrong ? `macro-${key}-e` : nothing} @change=${(event: Event) => choose((event.target as HTMLSelectElement).value || undefined)}><option value="" .selected=${value === ''}>${macros.stays}</option>${choices.map(
      ([id, name]) => html`<option value=${id} .selected=${id === value}>${name}</option>`,
    )}</select>${wrong ? html`<p class="refusal" id="macro-${key}-e">${wrong}</p>` : nothing}</div>`;
  }

  private set(change: Partial<MacroActions>): void {
    const actions = { ...this.draft?.actions, ...change };
    this.change({ actions: Object.fromEntries(Object.entries(actions).filter(([, value]) => value !== undefined)) });
  }
}
