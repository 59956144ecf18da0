import { html, nothing, type TemplateResult } from 'lit';
import type { Channel } from '../../server/contract/common.ts';
import type { Contact } from '../../server/contract/contact.ts';
import type { begin } from '../locales/en/begin.ts';
import type { operator } from '../locales/en/operator.ts';
import type { Begin } from '../store/begin.ts';
import type { ConvElement } from '../ui/base.ts';
import { icon } from '../ui/icon.ts';
import { plus, x } from '../ui/icons.ts';
import { face } from '../ui/people.ts';
import type { Spoken } from '../ui/words.ts';
import { addressOn, identityOn, reachOf, type BeginForm, type Recipient } from './begin-form.ts';
import { called } from './called.ts';
import { channelName } from './pool-row.ts';

/** Milliseconds after the last letter at which contacts are looked for. */
const PAUSE = 160;

interface Option {
  readonly to: Recipient;
  readonly refused?: string;
}

export interface ToField {
  readonly words: Spoken<typeof begin>;
  readonly common: Spoken<typeof operator>;
  readonly channel: Channel;
  readonly form: BeginForm;
  readonly refusal: string | undefined;
  change(change: Partial<BeginForm>): void;
}

/** To whom: contacts are found while one types; an address that nobody has yet can be taken as it is. */
export class RecipientField {
  private found?: readonly Contact[];
  private foundFor = '';
  private at = 0;
  private open = false;
  private pause?: ReturnType<typeof setTimeout>;

  constructor(
    private readonly host: ConvElement,
    private readonly calls: () => Begin | undefined,
  ) {}

  /** Nothing was looked for yet. */
  reset(): void {
    clearTimeout(this.pause);
    Object.assign(this, { found: undefined, foundFor: '', at: 0, open: false });
  }

  /** Takes what stands in the field, where it is an address. */
  settle({ form, channel, change }: Pick<ToField, 'form' | 'channel' | 'change'>): void {
    const handle = addressOn(channel, form.typed);
    if (handle === undefined || (form.to && form.to.handle !== undefined)) return;
    change({ to: { contact: form.to?.contact, handle }, typed: '' });
  }

  render(field: ToField): TemplateResult {
    const {
      form,
      refusal,
      words: { t },
    } = field;
    const bad = refusal ? html`<p class="refusal" id="to-refusal" role="alert">${refusal}</p>` : nothing;
    return html`<div class="to"><label class="label" for=${form.to?.handle === undefined ? 'to' : nothing} id="to-label">${t.to}</label>${form.to ? this.chosen(form.to, field) : this.combobox(field)}${bad}</div>`;
  }

  private chosen(to: Recipient, { words: { t }, common, channel, form, change, refusal }: ToField): TemplateResult {
    const { contact, handle } = to;
    const name = contact ? called(contact, common) : (handle ?? '');
    const typing = contact && handle === undefined;
    return html`<div class="chosen" role="group" aria-labelledby="to-label">${face({ id: contact?.id ?? name, name }, 24)}<span class="two"><b class="cut"><bdi>${name}</bdi></b>${
      contact ? html`<small>${handle === undefined ? t.noAddress(channelName(common, channel)) : html`<bdi>${handle}</bdi>`}</small>` : nothing
    }</span><button type="button" class="btn ghost sm icon" aria-label=${t.change(name)} title=${t.change(name)} @click=${() => this.letGo(change)}>${icon(x)}</button></div>${
      typing && reachOf(channel) !== 'known'
        ? html`<label class="sr" for="to">${t.addressFor(name)}</label><input id="to" class="field" dir="auto" autocomplete="off" spellcheck="false" maxlength="320" placeholder=${t.addressFor(name)} .value=${form.typed}
            aria-invalid=${refusal ? 'true' : nothing} aria-describedby=${refusal ? 'to-refusal' : nothing} @input=${(event: InputEvent) => change({ typed: (event.target as HTMLInputElement).value })}
            @change=${() => this.settle({ form, channel, change })}>`
        : nothing
    }`;
  }

  private combobox(field: ToField): TemplateResult {
    const {
      words: { t },
      common,
      channel,
      form,
      refusal,
      change,
    } = field;
    const options = this.options(field);
    const here = Math.min(this.at, options.length - 1);
    const shown = this.open && form.typed.trim() !== '';
    const none = this.foundFor === form.typed.trim() && this.found ? (reachOf(channel) === 'known' ? t.nobodyKnown : t.nobody) : t.searching;
    return html`<input id="to" class="field" role="combobox" aria-autocomplete="list" aria-expanded=${String(shown && options.length > 0)} aria-controls=${shown && options.length > 0 ? 'to-options' : nothing}
        aria-activedescendant=${shown && here >= 0 ? `to-option-${here}` : nothing} aria-invalid=${refusal ? 'true' : nothing} aria-describedby=${refusal ? 'to-refusal' : nothing}
        dir="auto" autocomplete="off" spellcheck="false" maxlength="320" placeholder=${t.toHint[reachOf(channel)]} .value=${form.typed}
        @input=${(event: InputEvent) => this.type((event.target as HTMLInputElement).value, change)} @keydown=${(event: KeyboardEvent) => this.handleKey(event, options, field)}
        @blur=${() => this.leave(field)}>${
          !shown
            ? nothing
            : options.length === 0
              ? html`<p class="hint" role="status">${none}</p>`
              : html`<div class="people" role="listbox" id="to-options" aria-label=${t.people}>${options.map((option, place) => {
                  const {
                    to: { contact, handle },
                    refused,
                  } = option;
                  return html`<div class="menu-item ${place === here ? 'is-active' : ''}" role="option" id="to-option-${place}" aria-selected=${String(place === here)} aria-disabled=${refused ? 'true' : nothing}
            @pointerdown=${(event: PointerEvent) => event.preventDefault()} @click=${() => this.choose(option, change)} @pointermove=${() => this.move(place)}>${
              contact
                ? html`${face({ id: contact.id, name: called(contact, common) }, 24)}<span class="two"><b class="cut"><bdi>${called(contact, common)}</bdi></b><small>${
                    refused ?? (handle === undefined ? t.noAddress(channelName(common, channel)) : html`<bdi>${handle}</bdi>`)
                  }</small></span>`
                : html`${icon(plus)}<span class="cut" dir="auto">${t.newAddress(handle ?? '')}</span>`
            }</div>`;
                })}</div>`
        }`;
  }

  /** Those who were found, and an address that was typed, where none of them has it; it comes after those whom it names, where any text is an address. */
  private options({ words: { t }, channel, form }: ToField): Option[] {
    const people = (this.found ?? []).flatMap((contact): Option[] => {
      const there = contact.identities.filter((one) => one.channel === channel);
      if (there.length === 0) return reachOf(channel) === 'known' ? [] : [{ to: { contact } }];
      return there.map(({ handle, optedOutAt }) => ({ to: { contact, handle }, refused: optedOutAt ? t.optedOut : undefined }));
    });
    const typed = addressOn(channel, form.typed);
    if (typed === undefined || people.some(({ to }) => to.handle?.toLowerCase() === typed.toLowerCase())) return people;
    const begun = form.typed.trim().toLowerCase();
    const named = (this.found ?? []).some(({ name, identities }) =>
      [name, ...identities.map(({ handle }) => handle)].some((one) => one.toLowerCase().includes(begun)),
    );
    const added: Option = { to: { handle: typed } };
    return reachOf(channel) === 'other' && named ? [...people, added] : [added, ...people];
  }

  private type(typed: string, change: ToField['change']): void {
    change({ typed });
    this.at = 0;
    this.open = true;
    clearTimeout(this.pause);
    const q = typed.trim();
    if (q !== '') this.pause = setTimeout(() => void this.look(q), PAUSE);
  }

  private async look(q: string): Promise<void> {
    const answer = await this.calls()?.find(q);
    if (!answer?.ok) return;
    this.found = answer.value.items;
    this.foundFor = q;
    this.host.requestUpdate();
  }

  private choose({ to, refused }: Option, change: ToField['change']): void {
    if (refused) return;
    this.open = false;
    change({ to, typed: '' });
    void this.host.updateComplete.then(() =>
      this.host.renderRoot.querySelector<HTMLElement>(to.handle === undefined ? '#to' : '#name, #subject, mail-editor, textarea, composer-templates')?.focus(),
    );
  }

  private letGo(change: ToField['change']): void {
    this.reset();
    change({ to: undefined, typed: '' });
    void this.host.updateComplete.then(() => this.host.renderRoot.querySelector<HTMLElement>('#to')?.focus());
  }

  /** Who leaves the field with a whole address in it means that address, or whoever has it. */
  private leave(field: ToField): void {
    const typed = addressOn(field.channel, field.form.typed)?.toLowerCase();
    const theirs = this.found?.find((contact) => identityOn(contact, field.channel)?.handle.toLowerCase() === typed);
    this.open = false;
    if (typed !== undefined && theirs) field.change({ to: { contact: theirs, handle: typed }, typed: '' });
    else if (reachOf(field.channel) !== 'other') this.settle(field);
    this.host.requestUpdate();
  }

  private move(to: number): void {
    if (to === this.at) return;
    this.at = to;
    this.host.requestUpdate();
  }

  private handleKey(event: KeyboardEvent, options: readonly Option[], { change }: ToField): void {
    if (event.isComposing) return;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const option = options[Math.min(this.at, options.length - 1)];
    if (step !== 0 && options.length > 0) {
      this.open = true;
      this.at = (this.at + step + options.length) % options.length;
      this.host.requestUpdate();
      void this.host.updateComplete.then(() => this.host.renderRoot.querySelector('.people .is-active')?.scrollIntoView({ block: 'nearest' }));
    } else if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey && this.open && option) this.choose(option, change);
    else if (event.key === 'Escape' && this.open && options.length > 0) {
      this.open = false;
      this.host.requestUpdate();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
