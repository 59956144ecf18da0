import { html, nothing, type TemplateResult } from 'lit';
import type { Contact, ContactChange } from '../../server/contract/contact.ts';
import type { contact as english } from '../locales/en/contact.ts';
import type { ContactDesk, ContactPatch } from '../store/contact-desk.ts';
import type { StoreElement } from '../store/element.ts';
import type { ApiProblem } from '../store/problem.ts';
import { icon } from '../ui/icon.ts';
import { pencil, plus, x } from '../ui/icons.ts';
import { knownLanguages, languageName, languageTitle } from '../ui/languages.ts';
import { apart, sentence } from '../ui/sentence.ts';
import { fullTime, sameDay, shortDate, timeOfDay } from '../ui/time.ts';
import { toast } from '../ui/toast.ts';
import type { Spoken } from '../ui/words.ts';
import type { PoolWords } from './pool-row.ts';

const plain = ['name', 'email', 'company', 'phone', 'language', 'timeZone'] as const;
type Plain = (typeof plain)[number];
/** A field of a contact: one of those that all have, or `attributes.<name>`. */
type Field = Plain | `attributes.${string}`;

/** What somebody is typing into a field: no event changes it. */
interface Editing {
  /** Tells one typing from the next: an answer to the one before ends none. */
  readonly key: number;
  readonly field: Field | 'new';
  readonly typed: string;
  /** Of a field that is yet to be. */
  readonly called: string;
  /** The contact as it was when the typing began. */
  readonly seen: Contact;
  readonly busy: boolean;
  readonly wrong?: string;
}

const isPlain = (field: string): field is Plain => (plain as readonly string[]).includes(field);
const nameOf = (field: Field): string => field.replace(/^attributes\./, '');
const valueOf = (contact: Contact, field: Field): string => {
  const value = isPlain(field) ? contact[field] : contact.attributes[nameOf(field)];
  return value === null || value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
};

/** The fields of a contact, each changed where it stands, and what was changed of them. For hosts with the sheets of fields and buttons. */
export class ContactEditor {
  private open = false;
  private editing?: Editing;
  private begun = 0;
  private past = false;
  private contactId?: string;

  constructor(
    private readonly host: StoreElement,
    private readonly words: PoolWords,
    private readonly texts: Spoken<typeof english>,
    private readonly desk: ContactDesk,
  ) {}

  /** The button that unfolds them. */
  button(): TemplateResult {
    const { t } = this.texts;
    return html`<button type="button" class="btn ghost sm icon push" aria-expanded=${this.open ? 'true' : 'false'} aria-label=${t.edit} title=${t.edit} @click=${this.toggle}>${icon(pencil)}</button>`;
  }

  render(contact: Contact | undefined): TemplateResult | typeof nothing {
    if (contact && contact.id !== this.contactId) {
      this.contactId = contact.id;
      this.editing = undefined;
      this.past = false;
    }
    if (!this.open || !contact) return nothing;
    const { t } = this.texts;
    const fields: Field[] = [...plain, ...Object.keys(contact.attributes).map((name) => `attributes.${name}` as const)];
    return html`<dl class="facts fields">${fields.map((field) => html`<dt>${this.label(field)}</dt><dd>${this.editing?.field === field ? this.form(this.editing, contact) : this.value(field, contact)}</dd>`)}</dl>${
      this.editing?.field === 'new'
        ? this.form(this.editing, contact)
        : html`<div class="contact-more"><button type="button" class="btn ghost sm" @click=${() => this.begin('new', contact)}>${icon(plus)}${t.addField}</button><button type="button" class="btn ghost sm" aria-expanded=${this.past ? 'true' : 'false'}
            @click=${() => this.showPast(contact)}>${t.history}</button></div>`
    }${this.past ? this.history(contact) : nothing}`;
  }

  private label(field: string): string {
    const { fields } = this.texts.t;
    return isPlain(field) || field === 'aiPaused' ? fields[field] : field.replace(/^attributes\./, '');
  }

  private value(field: Field, contact: Contact): TemplateResult {
    const { t } = this.texts;
    const value = valueOf(contact, field);
    const shown = field === 'language' && value ? languageTitle(this.texts.tag, value) : value;
    return html`<button type="button" class="edit" data-field=${field} @click=${() => this.begin(field, contact)}><span class="sr">${t.change(this.label(field))}: </span>${
      shown ? html`<span class="cut" dir="auto">${shown}</span>` : html`<span class="dim">${t.add}</span>`
    }${icon(pencil, 'xs')}</button>`;
  }

  private form(editing: Editing, contact: Contact): TemplateResult {
    const { t } = this.texts;
    const { field, typed, busy, wrong } = editing;
    const fresh = field === 'new';
    const label = fresh ? t.fieldValue : this.label(field);
    return html`<form class="contact-field ${fresh ? 'is-new' : ''}" @submit=${this.handleSubmit} @keydown=${this.handleKey} @focusout=${this.handleLeave} novalidate>${
      fresh
        ? html`<input class="field sm" name="called" aria-label=${t.fieldName} placeholder=${t.fieldName} maxlength="100" dir="auto" .value=${editing.called} @input=${this.handleCalled}>`
        : nothing
    }${
      field === 'language'
        ? html`<select class="field sm" name="value" aria-label=${label} aria-invalid=${wrong ? 'true' : 'false'} @change=${this.handleChosen}><option value="" .selected=${typed === ''}></option>${languagesWith(
            typed,
          ).map((tag) => html`<option value=${tag} .selected=${tag === typed}>${languageTitle(this.texts.tag, tag)}</option>`)}</select>`
        : html`<input class="field sm" name="value" type=${field === 'email' ? 'email' : field === 'phone' ? 'tel' : 'text'} dir="auto" aria-label=${label} aria-invalid=${wrong ? 'true' : 'false'} aria-describedby=${wrong ? 'field-wrong' : nothing}
            maxlength="2000" autocomplete="off" list=${field === 'timeZone' ? 'zones' : nothing} .value=${typed} @input=${this.handleInput}>`
    }${field === 'timeZone' ? html`<datalist id="zones">${zones().map((zone) => html`<option value=${zone}></option>`)}</datalist>` : nothing}<span class="contact-field-acts"><button type="submit" class="btn sm primary" ?disabled=${busy}>${t.save}</button><button type="button" class="btn sm ghost" @click=${this.cancel}>${this.words.t.common.cancel}</button>${
      !fresh && !isPlain(field)
        ? html`<button type="button" class="btn sm ghost icon push" aria-label=${t.removeField(this.label(field))} title=${t.removeField(this.label(field))} @click=${() => void this.save(contact, field, null)}>${icon(x)}</button>`
        : nothing
    }</span>${wrong ? html`<p class="refusal" id="field-wrong" role="alert">${wrong}</p>` : nothing}</form>`;
  }

  private history(contact: Contact): TemplateResult {
    const { t } = this.texts;
    const { items, loaded, loading, problem, nextCursor } = this.desk.history;
    return html`<div class="contact-past" aria-label=${t.history} role="group">${items.length > 0 ? html`<ol class="timeline plain">${items.map((one) => this.past1(one))}</ol>` : nothing}${
      problem
        ? html`<p class="dim" role="alert">${t.historyFailed} <button type="button" class="linkish" @click=${() => void this.desk.readHistory(contact.id)}>${this.words.t.common.retry}</button></p>`
        : loaded && items.length === 0
          ? html`<p class="dim">${t.historyNone}</p>`
          : loading && items.length === 0
            ? html`<p class="dim" role="status">${t.loading}</p>`
            : nextCursor
              ? html`<button type="button" class="linkish" ?disabled=${loading} @click=${() => void this.desk.readHistory(contact.id, true)}>${t.more}</button>`
              : nothing
    }</div>`;
  }

  private past1({ by, changes, at, reason }: ContactChange): TemplateResult {
    const { t, tag } = this.texts;
    const now = Date.now();
    const who = by.id !== null && by.id === this.host.store?.get().me?.id ? this.words.t.common.you : by.name;
    const time = html`<time datetime=${at} title=${fullTime(tag, at)}>${sameDay(at, now) ? timeOfDay(tag, at) : shortDate(tag, at, now)}</time>`;
    return html`${changes.map(({ field, before, after }, place) => {
      const [was, is] = [told(before), told(after)];
      if (field === 'aiPaused')
        return html`<li><span>${sentence((after ? t.paused : t.resumed)(apart(who)))}${reason ? html`<br><bdi>${this.words.t.shared.quoted(reason)}</bdi>` : nothing}</span>${place === 0 ? time : nothing}</li>`;
      const say = is === '' ? t.emptied : was === '' ? t.set : t.changed;
      return html`<li><span>${sentence(say(apart(who), apart(this.label(field))))}<br><bdi>${was && is ? t.wasIs(was, is) : is || was}</bdi></span>${place === 0 ? time : nothing}</li>`;
    })}`;
  }

  private readonly toggle = (): void => {
    this.open = !this.open;
    this.editing = undefined;
    this.host.requestUpdate();
  };

  private showPast(contact: Contact): void {
    this.past = !this.past;
    if (this.past) void this.desk.readHistory(contact.id);
    this.host.requestUpdate();
  }

  private begin(field: Editing['field'], contact: Contact): void {
    this.begun += 1;
    this.editing = { key: this.begun, field, typed: field === 'new' ? '' : valueOf(contact, field), called: '', seen: contact, busy: false };
    this.host.requestUpdate();
    void this.host.updateComplete.then(() => {
      const input = this.host.renderRoot.querySelector<HTMLInputElement | HTMLSelectElement>('.contact-field input, .contact-field select');
      input?.focus();
      if (input instanceof HTMLInputElement && input.type === 'text') input.select();
    });
  }

  private change(change: Partial<Editing>): void {
    if (this.editing) this.editing = { ...this.editing, ...change };
    this.host.requestUpdate();
  }

  /** Ends the typing and gives the focus back to the field. */
  private end(field: Editing['field']): void {
    this.editing = undefined;
    this.host.requestUpdate();
    void this.host.updateComplete.then(() => {
      if (!this.host.shadowRoot?.activeElement)
        this.host.renderRoot.querySelector<HTMLElement>(`[data-field="${CSS.escape(field)}"], .contact-more .btn`)?.focus();
    });
  }

  private readonly cancel = (): void => {
    if (this.editing) this.end(this.editing.field);
  };

  private async submit(): Promise<void> {
    const { editing } = this;
    if (!editing || editing.busy) return;
    const { t } = this.texts;
    const typed = editing.typed.trim();
    const field: Field = editing.field === 'new' ? `attributes.${editing.called.trim()}` : editing.field;
    if (editing.field === 'new' && (nameOf(field) === '' || typed === '')) return this.cancel();
    if (editing.field === 'new' && Object.hasOwn(editing.seen.attributes, nameOf(field))) return this.change({ wrong: t.wrong.taken });
    if (typed === valueOf(editing.seen, field)) return this.cancel();
    if (field === 'name' && typed === '') return this.change({ wrong: t.wrong.name });
    await this.save(editing.seen, field, typed === '' ? null : typed);
  }

  private async save(seen: Contact, field: Field, value: string | null): Promise<void> {
    const { t } = this.texts;
    const before = valueOf(seen, field);
    const key = this.editing?.key;
    this.change({ busy: true, wrong: undefined });
    let answer = await this.desk.save(seen, patchOf(field, value));
    for (let again = 0; again < 3 && !answer.ok && overtaken(answer.problem, field, before); again += 1)
      answer = await this.desk.save(answer.problem.current as Contact, patchOf(field, value));
    const here = this.editing !== undefined && this.editing.key === key;
    if (!answer.ok) return here ? this.refuse(answer.problem, field) : void toast(this.host, { text: t.failed, dismiss: this.words.t.common.dismiss });
    if (here && this.editing) this.end(this.editing.field);
    if (this.past) void this.desk.readHistory(seen.id);
    const { value: saved } = answer;
    const undo = async (): Promise<void> => {
      await this.desk.save(saved, patchOf(field, before === '' ? null : before));
      if (this.past) await this.desk.readHistory(seen.id);
    };
    toast(this.host, {
      text: t.saved(this.label(field)),
      dismiss: this.words.t.common.dismiss,
      acts: [{ label: this.words.t.common.undo, undo: true, run: () => void undo() }],
    });
  }

  private refuse({ code, current, errors }: ApiProblem, field: Field): void {
    const { t } = this.texts;
    if (code === 'stale_version' && current) {
      const now = valueOf(current as Contact, field);
      return this.change({
        busy: false,
        seen: current as Contact,
        wrong: now ? t.meanwhile(field === 'language' ? languageName(this.texts.tag, now) : now) : t.meanwhileEmpty,
      });
    }
    const named = errors.some(({ path }) => path.startsWith(isPlain(field) ? field : 'attributes'));
    this.change({ busy: false, wrong: named ? t.wrong[isPlain(field) ? field : 'attribute'] : t.failed });
  }

  private readonly handleSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    void this.submit();
  };

  private readonly handleKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    this.cancel();
  };

  /** Who goes elsewhere without having changed anything is done; what was typed waits. */
  private readonly handleLeave = (event: FocusEvent): void => {
    const { editing } = this;
    const stays = event.relatedTarget instanceof Node && (event.currentTarget as HTMLElement).contains(event.relatedTarget);
    if (!editing || stays || editing.busy || editing.wrong || event.relatedTarget === null) return;
    const { field } = editing;
    if (field === 'new' ? editing.called + editing.typed === '' : editing.typed === valueOf(editing.seen, field)) this.end(field);
  };

  private readonly handleInput = (event: Event): void => this.change({ typed: (event.target as HTMLInputElement).value, wrong: undefined });
  private readonly handleCalled = (event: Event): void => this.change({ called: (event.target as HTMLInputElement).value, wrong: undefined });
  private readonly handleChosen = (event: Event): void => {
    this.change({ typed: (event.target as HTMLSelectElement).value, wrong: undefined });
  };
}

const patchOf = (field: Field, value: string | null): ContactPatch =>
  isPlain(field) ? { [field]: value ?? (field === 'name' ? '' : null) } : { attributes: { [nameOf(field)]: value } };

/** Something else of the contact was changed meanwhile: that is no reason to ask. */
const overtaken = ({ code, current }: ApiProblem, field: Field, before: string): boolean =>
  code === 'stale_version' && current !== undefined && valueOf(current as Contact, field) === before;

const languagesWith = (tag: string): readonly string[] => (tag && !knownLanguages.includes(tag) ? [tag, ...knownLanguages] : knownLanguages);

const zones = (): readonly string[] => (typeof Intl.supportedValuesOf === 'function' ? Intl.supportedValuesOf('timeZone') : []);

const told = (value: unknown): string => (value === null || value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value));
