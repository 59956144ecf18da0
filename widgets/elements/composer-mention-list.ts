import { html, nothing, type ReactiveController, type TemplateResult } from 'lit';
import type { ConvElement } from '../ui/base.ts';
import { face } from '../ui/people.ts';
import { writeAt } from './composer-parts.ts';
import { completed, matching, mentionAt, type Asked, type Mentionable } from './composer-mentions.ts';

/** The list of people that opens at an `@` in a note: arrow keys choose, Enter or Tab takes, Escape leaves it. */
export class MentionList implements ReactiveController {
  private asked?: Asked;
  private found: readonly Mentionable[] = [];
  private active = 0;

  constructor(
    private readonly host: ConvElement,
    private readonly field: () => HTMLTextAreaElement | null,
  ) {
    host.addController(this);
  }

  hostDisconnected(): void {
    this.asked = undefined;
  }

  get open(): boolean {
    return this.asked !== undefined && this.found.length > 0;
  }

  /** Id of the option that Enter takes. */
  get activeId(): string {
    return `mention-${this.active}`;
  }

  /** Looks whether the caret stands in a mention. */
  look(field: HTMLTextAreaElement, people: readonly Mentionable[]): void {
    const asked = field.selectionStart === field.selectionEnd ? mentionAt(field.value, field.selectionStart) : undefined;
    const found = asked ? matching(people, asked.text) : [];
    const settled = asked && found.length === 1 && found[0]?.name === asked.text;
    this.asked = settled ? undefined : asked;
    this.found = found;
    this.active = 0;
    this.host.requestUpdate();
  }

  /** Writes an `@` where the caret stands, and tells the field's own listener. */
  readonly begin = (): void => {
    const field = this.field();
    if (field) writeAt(field, /(^|\s)$/.test(field.value.slice(0, field.selectionStart)) ? '@' : ' @');
  };

  close(): void {
    if (!this.asked) return;
    this.asked = undefined;
    this.host.requestUpdate();
  }

  /** Takes a key that is for the list. `take` gets who was chosen, with the text and caret that follow. */
  handle(event: KeyboardEvent, take: (person: Mentionable, text: string, caret: number) => void): boolean {
    if (!this.open || event.isComposing) return false;
    const { length } = this.found;
    if (event.key === 'ArrowDown') this.active = (this.active + 1) % length;
    else if (event.key === 'ArrowUp') this.active = (this.active + length - 1) % length;
    else if (event.key === 'Escape') this.asked = undefined;
    else if ((event.key === 'Enter' && !event.ctrlKey && !event.metaKey) || event.key === 'Tab') this.take(this.found[this.active], take);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    this.host.requestUpdate();
    return true;
  }

  render(take: (person: Mentionable, text: string, caret: number) => void, label: string): TemplateResult | typeof nothing {
    if (!this.open) return nothing;
    return html`<div class="menu mentions" id="mentions" role="listbox" aria-label=${label}>${this.found.map(
      (
        person,
        at,
      ) => html`<div class="menu-item ${at === this.active ? 'is-active' : ''}" id="mention-${at}" role="option" aria-selected=${at === this.active ? 'true' : 'false'}
        @pointerdown=${(event: PointerEvent) => {
          event.preventDefault();
          this.take(person, take);
        }}>${face(person, 20)}<bdi class="cut">${person.name}</bdi></div>`,
    )}</div>`;
  }

  private take(person: Mentionable | undefined, take: (person: Mentionable, text: string, caret: number) => void): void {
    const field = this.field();
    if (!person || !field || !this.asked) return;
    const { text, caret } = completed(field.value, this.asked, person.name);
    this.asked = undefined;
    take(person, text, caret);
    this.host.requestUpdate();
  }
}
