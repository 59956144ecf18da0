/** How a skill of the team's own is reached: address, headers, and secrets, which are written and never read. */
import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../ui/icon.ts';
import { lock, plus, undo, x } from '../ui/icons.ts';
import type { Words } from '../ui/words.ts';
import type { skillsTexts } from '../locales/skills.ts';
import { valueOf } from './settings-controls.ts';
import { choiceField, labelled, switchField, textField, type FieldSetting } from './settings-fields.ts';
import { field, named } from './settings-frame.ts';
import { SIGNING_SECRET, type SkillDraft } from './settings-skill-draft.ts';

export type SkillWords = Words<(typeof skillsTexts)['english']>;

/** What the parts of the form are drawn with. */
export interface SkillSetting extends FieldSetting {
  readonly skillWords: SkillWords;
  readonly draft: SkillDraft;
  /** Names of the secrets that are set. */
  readonly hasSecrets: readonly string[];
  change(change: Partial<SkillDraft>): void;
}

const METHODS = ['POST', 'GET', 'PUT', 'PATCH', 'DELETE'] as const;

function numberField(
  setting: SkillSetting,
  path: string,
  label: string,
  value: string,
  least: number,
  most: number,
  change: (value: string) => void,
  hint?: string,
): TemplateResult {
  return labelled(
    setting,
    path,
    label,
    ({
      id,
      invalid,
      says,
    }) => html`<input class="field" id=${id} type="number" inputmode="decimal" step="any" min=${least} max=${most} .value=${value} aria-invalid=${invalid} aria-describedby=${says}
    @input=${(event: Event) => change(valueOf(event))}>`,
    hint,
  );
}

/** Address, limits, headers and secrets. */
export function reachGroups(setting: SkillSetting): TemplateResult {
  const {
    draft,
    change,
    skillWords: { t },
  } = setting;
  const http = draft.kind === 'http';
  return html`<section class="group"><header><div><h2>${http ? t.request : t.server}</h2><p>${http ? t.requestLead : t.serverLead}</p></div></header>
      ${
        http
          ? choiceField(
              setting,
              'config.method',
              t.method,
              draft.method,
              METHODS.map((method) => [method, method] as const),
              (method) => change({ method, effects: method !== 'GET' }),
            )
          : nothing
      }
      ${textField(setting, 'config.url', t.url, draft.url, (url) => change({ url }), { max: 2_000 })}
      ${numberField(setting, 'config.timeoutMs', t.timeout, draft.timeout, 0.5, 30, (timeout) => change({ timeout }))}
      ${http ? html`${numberField(setting, 'config.retries', t.retries, draft.retries, 0, 3, (retries) => change({ retries }), t.retriesHint)}${switchField(t.idempotent, t.idempotentHint, draft.idempotent, (idempotent) => change({ idempotent }))}` : nothing}</section>
    <section class="group"><header><div><h2>${t.headers}</h2><p>${t.headersLead}</p></div></header>${draft.headers.map((_, at) => headerRow(setting, at))}${saysOf(setting, 'config.headers')}
      <div><button type="button" class="btn writes" @click=${() => change({ headers: [...draft.headers, ['', '']] })}>${icon(plus)}${t.addHeader}</button></div></section>
    ${secretsGroup(setting)}`;
}

/** What the API found wrong with something that has no field of its own. */
export function saysOf({ errors }: FieldSetting, path: string): unknown {
  const found = errors.filter((error) => error.path === path || error.path.startsWith(`${path}.`));
  return found.map(({ path: at, message }) => html`<p class="refusal" role="alert"><bdi>${at.slice(path.length + 1)}</bdi> ${message}</p>`);
}

function headerRow({ draft, change, errors, skillWords: { t } }: SkillSetting, at: number): TemplateResult {
  const [name, value] = draft.headers[at] ?? ['', ''];
  const wrong = errors.some(({ path }) => path === `config.headers.${name}`) ? 'true' : nothing;
  const put = (next: readonly [string, string]): void => change({ headers: draft.headers.with(at, next) });
  return html`<div class="line pair-line"><input class="field code" aria-label=${t.headerName} placeholder=${t.headerName} dir="ltr" spellcheck="false" autocomplete="off" maxlength="100" aria-invalid=${wrong} .value=${name}
      @input=${(event: Event) => put([valueOf(event), value])}><input class="field code" aria-label=${t.headerValue} placeholder=${t.headerValue} dir="ltr" spellcheck="false" autocomplete="off" maxlength="2000" aria-invalid=${wrong} .value=${value}
      @input=${(event: Event) => put([name, valueOf(event)])}><button type="button" class="btn ghost icon writes" aria-label=${t.removeHeader(name)} @click=${() => change({ headers: draft.headers.toSpliced(at, 1) })}>${icon(x)}</button></div>`;
}

/** As long as a secret that nobody guesses, as Standard Webhooks writes it. */
const generated = (): string => `whsec_${btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32))))}`;

function secretsGroup(setting: SkillSetting): TemplateResult {
  const {
    draft,
    hasSecrets,
    change,
    skillWords: { t },
  } = setting;
  const { secrets } = draft;
  const put = (name: string, secret: string): void => change({ secrets: { ...secrets, [name]: secret } });
  const drop = (name: string): void => change({ secrets: Object.fromEntries(Object.entries(secrets).filter(([one]) => one !== name)) });
  const rename = (from: string, to: string): void =>
    change({ secrets: Object.fromEntries(Object.entries(secrets).map(([name, secret]) => [name === from ? to : name, secret])) });
  const fresh = Object.keys(secrets).filter((name) => !hasSecrets.includes(name));
  const signs = draft.kind === 'http' && !hasSecrets.includes(SIGNING_SECRET) && secrets[SIGNING_SECRET] === undefined;
  return html`<section class="group writes"><header><div><h2>${t.secrets}</h2><p>${t.secretsLead}</p></div></header>
    ${hasSecrets.map((name) => keptSecret(setting, name, secrets[name], put, drop))}
    ${fresh.map((name) =>
      name === SIGNING_SECRET
        ? signingSecret(setting, drop)
        : html`<div class="line pair-line"><input class="field code" aria-label=${t.secretName} placeholder=${t.secretName} dir="ltr" spellcheck="false" autocomplete="off" maxlength="64" .value=${name}
        @change=${(event: Event) => rename(name, valueOf(event).trim())}><input class="field" type="password" aria-label=${t.secretValue} placeholder=${t.secretValue} autocomplete="new-password" .value=${secrets[name] ?? ''}
        @input=${(event: Event) => put(name, valueOf(event))}><button type="button" class="btn ghost icon" aria-label=${t.removeSecret(name)} @click=${() => drop(name)}>${icon(x)}</button></div>`,
    )}
    ${saysOf(setting, 'secrets')}
    <div class="line"><button type="button" class="btn" data-act="secret" ?disabled=${secrets[''] !== undefined} @click=${() => put('', '')}>${icon(plus)}${t.addSecret}</button>${
      signs ? html`<button type="button" class="btn" data-act="sign" @click=${() => put(SIGNING_SECRET, generated())}>${icon(lock)}${t.sign}</button>` : nothing
    }</div></section>`;
}

/** One that is made here: it has to be taken along before it is saved. */
function signingSecret({ draft, skillWords: { t } }: SkillSetting, drop: (name: string) => void): TemplateResult {
  return named(
    t.signing,
    html`<div class="line"><code class="copy" dir="ltr">${draft.secrets[SIGNING_SECRET]}</code><button type="button" class="btn ghost icon" aria-label=${t.removeSecret(t.signing)} @click=${() => drop(SIGNING_SECRET)}>${icon(x)}</button></div>`,
    t.signingHint,
  );
}

function keptSecret(
  { skillWords: { t } }: SkillSetting,
  name: string,
  typed: string | undefined,
  put: (name: string, secret: string) => void,
  drop: (name: string) => void,
): TemplateResult {
  const label = name === SIGNING_SECRET ? t.signing : name;
  const called = html`<bdi>${label}</bdi>`;
  if (typed === '')
    return named(
      called,
      html`<div class="line"><span class="dim">${t.willRemove}</span><button type="button" class="btn" @click=${() => drop(name)}>${icon(undo)}${t.keep}</button></div>`,
    );
  return field(
    `secret-${name}`,
    called,
    ({ id }) => html`<div class="line"><input class="field" id=${id} type="password" autocomplete="new-password" placeholder=${t.isSet} .value=${typed ?? ''}
    @input=${(event: Event) => (valueOf(event) ? put(name, valueOf(event)) : drop(name))}><button type="button" class="btn ghost icon" aria-label=${t.removeSecret(label)} @click=${() => put(name, '')}>${icon(x)}</button></div>`,
  );
}
