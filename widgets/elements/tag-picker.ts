import { html, nothing, type TemplateResult } from 'lit';
import type { Tag } from '../../server/contract/settings.ts';
import type { operator } from '../locales/en/operator.ts';
import type { StoreElement } from '../store/element.ts';
import { icon } from '../ui/icon.ts';
import { check, plus, search } from '../ui/icons.ts';
import { tag } from '../ui/marks.ts';
import { Popover, type Trigger } from '../ui/popover.ts';
import type { Spoken } from '../ui/words.ts';

export interface TagChoices {
  readonly tags: readonly Tag[];
  /** Names of those that are on. */
  readonly on: readonly string[];
  /** Whether the operator may make new ones. */
  readonly mayCreate: boolean;
  toggle(name: string, on: boolean): void;
}

type Option = Pick<Tag, 'name' | 'color'> & { readonly isNew?: boolean };

const plain = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase();
/** The colour of a tag that is made in passing. */
const GREY = 8;

/** A button that opens all tags: typing narrows them, arrows move, Enter puts one on or takes it off. It stays open for the next. */
export class TagPicker {
  private readonly popover: Popover;
  private typed = '';
  private at = 0;
  private choices?: TagChoices;

  constructor(
    private readonly host: StoreElement,
    private readonly words: Spoken<typeof operator>,
  ) {
    this.popover = new Popover(host);
  }

  render(trigger: Trigger, choices: TagChoices): TemplateResult {
    this.choices = choices;
    if (!this.popover.open) {
      this.typed = '';
      this.at = 0;
    }
    return this.popover.render(trigger, {
      look: 'popover tag-picker',
      role: 'dialog',
      label: this.words.t.details.tags,
      align: 'start',
      content: () => this.content(choices),
      keydown: this.handleKey,
    });
  }

  /** Those that fit what was typed, and, for who may, one of that name. */
  private options({ tags, mayCreate }: TagChoices): Option[] {
    const wanted = plain(this.typed.trim());
    const found: Option[] = tags
      .filter(({ name }) => plain(name).includes(wanted))
      .toSorted((one, other) => Number(plain(other.name).startsWith(wanted)) - Number(plain(one.name).startsWith(wanted)));
    const name = this.typed.trim();
    const isThere = tags.some((one) => one.name.toLowerCase() === name.toLowerCase());
    return mayCreate && name !== '' && !isThere ? [...found, { name, color: GREY, isNew: true }] : found;
  }

  private content(choices: TagChoices): TemplateResult {
    const { t } = this.words;
    const options = this.options(choices);
    const here = Math.min(this.at, options.length - 1);
    return html`<div class="tag-find"><label class="with-icon">${icon(search)}<span class="sr">${t.details.findTag}</span><input class="field sm" role="combobox" aria-expanded="true" aria-controls="tag-options" aria-autocomplete="list"
        aria-activedescendant=${here >= 0 ? `tag-option-${here}` : nothing} placeholder=${t.details.findTag} maxlength="200" dir="auto" autocomplete="off" .value=${this.typed} @input=${this.handleInput}></label></div>
      ${
        options.length === 0
          ? html`<p class="menu-head" role="status">${choices.tags.length > 0 ? t.details.noSuchTag : t.details.noTags}</p>`
          : html`<div class="tag-list" role="listbox" id="tag-options" aria-label=${t.details.tags} aria-multiselectable="true">${options.map(
              (option, place) => {
                const isOn = choices.on.includes(option.name);
                return html`<div class="menu-item ${place === here ? 'is-active' : ''}" role="option" id="tag-option-${place}" aria-selected=${String(isOn)} @click=${() => this.choose(option)} @pointermove=${() => this.move(place)}>${
                  option.isNew ? html`${icon(plus)}<span class="cut" dir="auto">${t.details.createTag(option.name)}</span>` : tag(option.name, option.color)
                }${isOn ? html`<span class="end">${icon(check, 'sm')}</span>` : nothing}</div>`;
              },
            )}</div>`
      }`;
  }

  private choose(option: Option): void {
    const { choices } = this;
    if (!choices) return;
    if (option.isNew) void this.create(option.name);
    else choices.toggle(option.name, !choices.on.includes(option.name));
    this.type('');
  }

  private async create(name: string): Promise<void> {
    const answer = await this.host.store?.settings.saveItem('tags', { body: { name, color: GREY } });
    // Somebody else may have made one of this name meanwhile: it is as good.
    if (answer?.ok || answer?.problem.code === 'name_taken') this.choices?.toggle(answer.ok ? answer.value.name : name, true);
  }

  private type(text: string): void {
    this.typed = text;
    this.at = 0;
    this.host.requestUpdate();
  }

  private move(to: number): void {
    if (to === this.at) return;
    this.at = to;
    this.host.requestUpdate();
  }

  private readonly handleInput = (event: Event): void => this.type((event.target as HTMLInputElement).value);

  private readonly handleKey = (event: KeyboardEvent): void => {
    if (!this.choices || event.isComposing) return;
    const options = this.options(this.choices);
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const option = options[Math.min(this.at, options.length - 1)];
    if (step !== 0 && options.length > 0) {
      this.move((this.at + step + options.length) % options.length);
      void this.host.updateComplete.then(() => this.host.renderRoot.querySelector('.tag-picker .is-active')?.scrollIntoView({ block: 'nearest' }));
    } else if (event.key === 'Enter' && option) this.choose(option);
    else if (event.key === 'Tab') return this.popover.hide();
    else return;
    event.preventDefault();
  };
}
