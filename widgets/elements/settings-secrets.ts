/** Secrets are written and never read: what is set can be replaced or removed, and a list can hold two that are valid at once. */
import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../ui/icon.ts';
import { lock, plus, refresh, undo, x } from '../ui/icons.ts';
import { number } from '../ui/time.ts';
import type { FieldSchema, Secret } from './settings-account.ts';
import { fieldLabel, labelled, type FieldSetting } from './settings-fields.ts';
import { flaw } from '../ui/told.ts';

/** What of a secret is known, what was typed, and how it is told that something else was. */
export interface SecretSetting extends FieldSetting {
  readonly isSet: boolean;
  /** Of a list, how many are set. */
  readonly count: number;
  readonly typed: Secret | undefined;
  /** Undefined takes back what was typed. */
  change(secret: Secret | undefined): void;
}

/** As long as a secret that nobody guesses, in the letters that every channel takes. */
const generated = (): string => btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32))));

/** One secret, or a list of them. */
export function secretField(setting: SecretSetting, name: string, schema: FieldSchema): TemplateResult {
  return schema.type === 'array' ? listField(setting, name, schema.maxItems ?? 1) : oneField(setting, name);
}

function oneField(setting: SecretSetting, name: string): TemplateResult {
  const { t } = setting.words;
  const { typed, isSet, change } = setting;
  const label = fieldLabel(setting.words, name);
  if (isSet && typed === '') {
    return html`<div class="one"><span class="label">${label}</span><div class="line"><span class="dim">${t.channels.willRemove}</span><button type="button" class="btn" @click=${() => change(undefined)}>${icon(undo)}${t.channels.keep}</button></div></div>`;
  }
  return labelled(
    setting,
    `credentials.${name}`,
    label,
    ({
      id,
      invalid,
      says,
    }) => html`<div class="line"><input class="field" id=${id} type="password" autocomplete="new-password" dir=${typed ? 'ltr' : nothing} .value=${String(typed ?? '')}
    placeholder=${isSet ? t.channels.isSet : t.channels.notSet} aria-invalid=${invalid} aria-describedby=${says} @input=${(event: Event) => change((event.target as HTMLInputElement).value || undefined)}>${
      isSet
        ? html`<button type="button" class="btn ghost icon" aria-label=${t.channels.removeSecret(label)} @click=${() => change('')}>${icon(x)}</button>`
        : nothing
    }</div>`,
  );
}

function listField(setting: SecretSetting, name: string, most: number): TemplateResult {
  const { t, tag } = setting.words;
  const path = `credentials.${name}`;
  const label = fieldLabel(setting.words, name);
  const before = Array.from({ length: setting.count }, (_, place) => place);
  const now = (setting.typed as readonly (string | number)[] | undefined) ?? before;
  const change = (next: readonly (string | number)[]): void => setting.change(JSON.stringify(next) === JSON.stringify(before) ? undefined : next);
  const own = flaw(setting.words, setting.errors.find((error) => error.path.startsWith(path))?.message);
  return html`<fieldset class="rows-of"><legend class="label">${label}${setting.needs.includes(path) ? html` <small>${t.channels.needed}</small>` : nothing}</legend>${now.map(
    (secret, place) => {
      const title = t.channels.secretNumber(number(tag, place + 1));
      const without = html`<button type="button" class="btn ghost icon" aria-label=${t.channels.removeSecret(title)} @click=${() => change(now.toSpliced(place, 1))}>${icon(x)}</button>`;
      if (typeof secret === 'number')
        return html`<div class="line">${icon(lock)}<span>${title}</span><span class="dim">${t.channels.secretSet}</span>${without}</div>`;
      return html`<div><div class="line"><input class="field" dir="ltr" autocomplete="off" spellcheck="false" aria-label="${label}, ${title}" aria-invalid=${own ? 'true' : nothing} .value=${secret}
      @input=${(event: Event) => change(now.with(place, (event.target as HTMLInputElement).value))}><button type="button" class="btn" @click=${() => change(now.with(place, generated()))}>${icon(refresh)}${t.channels.generate}</button>${without}</div><p class="hint">${t.channels.copyNow}</p></div>`;
    },
  )}${own ? html`<p class="refusal" role="alert">${own}</p>` : nothing}${
    now.length < most
      ? html`<div><button type="button" class="btn" @click=${() => change(['', ...now])}>${icon(plus)}${t.channels.addSecret}</button></div>`
      : nothing
  }${most > 1 && now.length > 0 ? html`<p class="hint">${t.channels.twoValid}</p>` : nothing}</fieldset>`;
}
