/** One change of a setting in words: who did what and when, and what of it became what. */
import { html, nothing, type TemplateResult } from 'lit';
import type { AuditEntry } from '../../server/contract/history.ts';
import type { historyTexts } from '../locales/history.ts';
import type { ApiProblem } from '../store/problem.ts';
import type { StoreElement } from '../store/element.ts';
import { diffView } from '../ui/diff-view.ts';
import { apart, sentence } from '../ui/sentence.ts';
import { ago, fullTime, listed, number } from '../ui/time.ts';
import type { Words } from '../ui/words.ts';
import { readable } from './settings-account.ts';

export type HistoryWords = Words<(typeof historyTexts)['english']>;

/** Texts that are longer are compared word by word. */
const SHORT = 60;

/** @param named say what it was done to as well */
export function entryLine(entry: AuditEntry, words: HistoryWords, now: number, named = false): TemplateResult {
  const { t, tag } = words;
  const { action, restoredVersion, operator, at } = entry;
  const who = operator ? apart(operator.name) : t.somebody;
  const what = named ? subject(entry, words) : t.it;
  const text =
    action === 'begun'
      ? t.begun
      : restoredVersion !== null
        ? t.restored(who, what, number(tag, restoredVersion))
        : t.did[action as keyof typeof t.did](who, what);
  return html`<span>${sentence(text)}</span> <time class="dim" datetime=${at} title=${fullTime(tag, at)}>${action === 'begun' ? nothing : ago(words, at, now)}</time>`;
}

/** Triggers have no name but their kind. */
function subject({ kind, name }: AuditEntry, words: HistoryWords): string {
  const called = kind === 'trigger' ? valueName(name, words) : name;
  return called ? words.t.called(kindName(kind, words), apart(called)) : kindName(kind, words);
}

/** What changed, to be unfolded; nothing where nothing is told. */
export function changeList({ changes, secretsReplaced }: AuditEntry, words: HistoryWords, host: StoreElement): TemplateResult | typeof nothing {
  const { t } = words;
  if (changes.length === 0 && !secretsReplaced) return nothing;
  const fields = [...changes.map(({ field }) => fieldName(field, words)), ...(secretsReplaced ? [t.secrets] : [])];
  return html`<details class="changes"><summary>${listed(words.tag, fields)}</summary><dl class="facts2">${changes.map(
    ({ field, before, after }) => html`<dt>${fieldName(field, words)}</dt><dd dir="auto">${came(before, after, words, host)}</dd>`,
  )}${secretsReplaced ? html`<dt>${t.secrets}</dt><dd>${t.secretsReplaced}</dd>` : nothing}</dl></details>`;
}

/** Why a version was not put back. */
export function whyNot(problem: ApiProblem, words: HistoryWords): string {
  const { t } = words;
  if (problem.code === 'stale_version') return t.refused.stale;
  if (problem.code === 'name_taken') return t.refused.nameTaken;
  const path = problem.errors[0]?.path;
  if (problem.code !== 'invalid' || path === undefined) return t.refused.failed;
  return t.refused.gone(fieldName(path.split('.')[0] ?? path, words));
}

/** What a kind of thing is called. */
export const kindName = (kind: AuditEntry['kind'], { t }: HistoryWords): string => (t.kinds as Readonly<Record<string, string>>)[kind] ?? readable(kind);

const fieldName = (field: string, { t }: HistoryWords): string => (t.fields as Readonly<Record<string, string>>)[field] ?? readable(field);

function came(before: unknown, after: unknown, words: HistoryWords, host: StoreElement): unknown {
  if (typeof before === 'string' && typeof after === 'string' && Math.max(before.length, after.length) > SHORT)
    return html`<span class="diff">${diffView(before, after)}</span>`;
  const [was, is] = [said(before, words, host), said(after, words, host)];
  return html`${was ? html`<del>${was}</del> ` : nothing}${is ? html`<ins>${is}</ins>` : nothing}`;
}

/** A value as people read it: names in place of ids, nothing of what is empty. */
function said(value: unknown, words: HistoryWords, host: StoreElement): string {
  const { t, tag } = words;
  if (value === null || value === '') return '';
  if (typeof value === 'boolean') return value ? t.yes : t.no;
  if (typeof value === 'number') return number(tag, value);
  if (typeof value === 'string') return nameOf(value, host) ?? valueName(value, words);
  if (Array.isArray(value)) return listed(tag, value.map((one) => said(one, words, host)).filter(Boolean));
  return Object.entries(value as Record<string, unknown>)
    .map(([field, inner]) => [fieldName(field, words), said(inner, words, host)] as const)
    .filter(([, text]) => text)
    .map(([field, text]) => `${field}: ${text}`)
    .join('; ');
}

const valueName = (value: string, { t }: HistoryWords): string => (t.values as Readonly<Record<string, string>>)[value] ?? value;

/** Of what is known by an id. */
function nameOf(id: string, { store }: StoreElement): string | undefined {
  const lists = store?.get().lists;
  const route = lists?.routes?.items.find((one) => one.id === id);
  return (
    route?.label ??
    [...(lists?.agents?.items ?? []), ...(lists?.departments?.items ?? []), ...(lists?.operators?.items ?? [])].find((one) => one.id === id)?.name
  );
}
