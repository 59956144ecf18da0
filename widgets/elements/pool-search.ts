import { html, nothing, type ReactiveController, type TemplateResult } from 'lit';
import { createRef, ref, type Ref } from 'lit/directives/ref.js';
import type { Channel } from '../../server/contract/common.ts';
import { searchTexts } from '../locales/search.ts';
import type { Match, Pool } from '../store/state.ts';
import { place } from '../ui/anchor.ts';
import type { ConvElement } from '../ui/base.ts';
import { blank } from '../ui/blank.ts';
import { email, person, search, type Glyph } from '../ui/icons.ts';
import { Words } from '../ui/words.ts';

/** What may follow an operator. */
export interface SearchChoices {
  readonly people: readonly { readonly name: string }[];
  readonly tags: readonly { readonly name: string }[];
  /** The names of channels in the reader's language. */
  channelName(channel: Channel): string;
}

interface Option {
  /** What is typed for the reader. */
  readonly value: string;
  readonly label: string;
  readonly hint: string;
  /** More is to be typed or chosen behind it. */
  readonly open: boolean;
}

const OPERATORS = ['from', 'channel', 'tag', 'before', 'after'] as const;
const CHANNELS: readonly Channel[] = ['email', 'sms', 'whatsapp', 'instagram', 'chat', 'voice', 'linkedin', 'custom'];
const DAY = 86_400_000;
const AGO = { today: 0, week: 7, month: 30, year: 365 } as const;
const MOST = 8;
/** Milliseconds after which a search that was refused is tried again. */
const AGAIN_MS = 2_000;

/** The part of a search that the caret stands behind. */
const partAt = (text: string, caret: number): string => /(?:[a-z]+:)?(?:"[^"]*|[^\s"]*)$/i.exec(text.slice(0, caret))?.[0] ?? '';

const alike = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase();

/**
 * What helps while one searches: operators and what may follow them, suggested under the field; where a hit stands; that
 * a search goes on, or waits for its turn. Fetched when the field is first used. Arrow keys choose, Enter or Tab takes.
 */
export class PoolSearch implements ReactiveController {
  private readonly words: Words<(typeof searchTexts)['english']>;
  private readonly floating: Ref<HTMLElement> = createRef();
  private options: readonly Option[] = [];
  private active = -1;
  private again?: ReturnType<typeof setTimeout>;

  constructor(
    private readonly host: ConvElement,
    private readonly field: () => HTMLInputElement | null,
    private readonly choices: () => SearchChoices,
    /** Searches for another text. */
    private readonly typed: (text: string) => void,
  ) {
    this.words = new Words(host, searchTexts);
    host.addController(this);
  }

  hostDisconnected(): void {
    clearTimeout(this.again);
    this.options = [];
  }

  hostUpdated(): void {
    const { value: list } = this.floating;
    const field = this.field();
    if (!list || !field || list.matches(':popover-open')) return;
    list.showPopover();
    place(list, field);
    list.classList.add('is-placed');
  }

  get open(): boolean {
    return this.options.length > 0;
  }

  /** Id of the option that Enter takes. */
  get activeId(): string | undefined {
    return this.active < 0 ? undefined : `search-option-${this.active}`;
  }

  /** Looks what could follow where the caret stands. */
  readonly look = (): void => {
    const field = this.field();
    const before = this.options;
    this.options = field && field.matches(':focus') ? this.optionsFor(partAt(field.value, field.selectionStart ?? field.value.length), field.value === '') : [];
    if (this.options.map(({ value }) => value).join() !== before.map(({ value }) => value).join()) this.active = -1;
    this.host.requestUpdate();
  };

  readonly close = (): void => {
    if (!this.open) return;
    this.options = [];
    this.active = -1;
    this.host.requestUpdate();
  };

  /** Takes a key that is for the list. */
  handleKey(event: KeyboardEvent): boolean {
    if (!this.open || event.isComposing) return false;
    const { length } = this.options;
    if (event.key === 'ArrowDown') this.active = this.active + 1 < length ? this.active + 1 : 0;
    else if (event.key === 'ArrowUp') this.active = this.active > 0 ? this.active - 1 : length - 1;
    else if (event.key === 'Escape') this.close();
    else if ((event.key === 'Enter' || event.key === 'Tab') && this.active >= 0) this.take(this.options[this.active]);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    this.host.requestUpdate();
    return true;
  }

  /** The list under the field. */
  render(): TemplateResult | typeof nothing {
    if (!this.open) return nothing;
    return html`<div popover="manual" class="menu" id="search-options" role="listbox" aria-label=${this.words.t.narrow} ${ref(this.floating)}>${this.options.map(
      (
        { label, hint },
        at,
      ) => html`<div class="menu-item ${at === this.active ? 'is-active' : ''}" id="search-option-${at}" role="option" aria-selected=${at === this.active ? 'true' : 'false'}
        @pointerdown=${(event: PointerEvent) => {
          event.preventDefault();
          this.take(this.options[at]);
        }}><bdi class="cut">${label}</bdi>${hint ? html`<span class="end dim">${hint}</span>` : nothing}</div>`,
    )}</div>`;
  }

  /** What a row says of where its words were found. A message shows itself, a note is said by the row. */
  readonly foundIn = ({ kind }: Match): { glyph: Glyph; text: string } | undefined =>
    kind === 'contact'
      ? { glyph: person, text: this.words.t.kind.contact }
      : kind === 'subject'
        ? { glyph: email, text: this.words.t.kind.subject }
        : undefined;

  /** Below what was found so far, or where nothing was yet. */
  lookingBack(): TemplateResult {
    return html`<p class="dim looking-back" role="status">${this.words.t.lookingBack}</p>`;
  }

  /** A search that was refused because many search: says so, and tries again. Nothing for any other failure. */
  busy({ problem }: Pool, retry: () => void): TemplateResult | undefined {
    if (problem?.status !== 503 && problem?.status !== 429) return undefined;
    this.again ??= setTimeout(() => {
      this.again = undefined;
      retry();
    }, AGAIN_MS);
    return blank({ glyph: search, title: this.words.t.busy, text: this.words.t.busyText });
  }

  private optionsFor(part: string, empty: boolean): Option[] {
    const { t } = this.words;
    const [, name, rest = ''] = /^([a-z]+):"?(.*)$/i.exec(part) ?? [];
    const operator = OPERATORS.find((one) => one === name?.toLowerCase());
    if (!operator) {
      if (part === '' && !empty) return [];
      return OPERATORS.filter((one) => one.startsWith(part.toLowerCase())).map((one) => ({
        value: `${one}:`,
        label: `${one}:`,
        hint: t.operators[one],
        open: true,
      }));
    }
    const value = (text: string, label = text, hint = ''): Option => ({
      value: `${operator}:${/[\s"]/.test(text) ? `"${text.replaceAll('"', '')}"` : text} `,
      label,
      hint,
      open: false,
    });
    const { people, tags, channelName } = this.choices();
    const all =
      operator === 'from'
        ? people.map(({ name: one }) => value(one))
        : operator === 'tag'
          ? tags.map(({ name: one }) => value(one))
          : operator === 'channel'
            ? CHANNELS.map((one) => value(one, channelName(one)))
            : (Object.keys(AGO) as (keyof typeof AGO)[]).map((one) =>
                value(
                  new Date(Date.now() - AGO[one] * DAY).toISOString().slice(0, 10),
                  t.days[one],
                  new Date(Date.now() - AGO[one] * DAY).toISOString().slice(0, 10),
                ),
              );
    return all.filter(({ label, hint }) => [label, hint].some((one) => alike(one).includes(alike(rest)))).slice(0, MOST);
  }

  private take(option: Option | undefined): void {
    const field = this.field();
    if (!option || !field) return;
    const caret = field.selectionStart ?? field.value.length;
    const from = caret - partAt(field.value, caret).length;
    field.setRangeText(option.value, from, caret, 'end');
    this.typed(field.value);
    if (option.open) this.look();
    else this.close();
  }
}
