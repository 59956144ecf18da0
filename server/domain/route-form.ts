import type { RouteField } from '../contract/settings.ts';
import { inLanguage } from './language.ts';
import { formWords } from './words-form.ts';
import { digitValue } from './words.ts';

/** A field of a route as one customer was shown it, with what it answered. */
export interface FormField extends RouteField {
  /** Null while it is not answered, empty where it was left out. */
  value: string | null;
  /** False where it is not what was asked for; people see it as it is. */
  valid: boolean;
}

/** What a customer fills in for the route that it chose. */
export interface HandoffForm {
  routeId: string | null;
  fields: FormField[];
  /** The question that is out: about which field, with which message, and whether it is asked for the second time. */
  asked: { field: string; messageId: string; again: boolean } | null;
  /** The message under which the chat shows it as a form, while it is not filled in; elsewhere one question follows the other. */
  shown?: string;
  /** People have taken over: nothing more is asked. */
  ended: boolean;
}

/** Longest answer that is kept, in characters. */
const MAX_ANSWER = 1_000;
/** Digits of a telephone number at least and at most: short ones of a company's own, and E.164. */
const PHONE_DIGITS = { least: 5, most: 15 } as const;
/** Words and signs by which an optional question is passed over. */
const SKIP =
  /^(?:[-–—.]+|skip|no|none|n\/a|omitir|saltar|pular|não|nao|nein|keine?|überspringen|passer|non|salta|nee|overslaan|nie|pomiń|нет|пропустить|yok|geç|跳过|跳過|无|スキップ|なし|건너뛰기|없음|नहीं|छोड़ें|لا|تخطي|تخطى)$/iu;

/** Reads an answer to a field: as it is kept, and whether it is what was asked for. */
export function readAnswer({ kind, required }: RouteField, said: string): { value: string; valid: boolean } {
  const text = said.trim().slice(0, MAX_ANSWER);
  if (!required && (text === '' || SKIP.test(text.normalize('NFKC')))) return { value: '', valid: true };
  if (kind !== 'phone') return { value: text, valid: /[\p{L}\p{N}]/u.test(text) };
  const found = phoneIn(text);
  return found ? { value: found, valid: true } : { value: text, valid: false };
}

/** The telephone number in a text, with the digits that we use, or null. */
function phoneIn(text: string): string | null {
  const plain = [...text.normalize('NFKC')].map((sign) => (/\p{Nd}/u.test(sign) ? String(digitValue(sign)) : sign)).join('');
  for (const [candidate] of plain.matchAll(/\+?[\d(][\d\s().\-/]*\d/g)) {
    const digits = candidate.replace(/\D/g, '').length;
    if (digits >= PHONE_DIGITS.least && digits <= PHONE_DIGITS.most) return candidate.trim();
  }
  return null;
}

/** A form for a route that was chosen, with what is known of it already. */
export const newForm = (routeId: string, fields: readonly RouteField[]): HandoffForm => ({
  routeId,
  fields: fields.map((field) => ({ ...field, value: null, valid: true })),
  asked: null,
  ended: false,
});

/** The field that is to be asked for next; undefined where all are answered. */
export const nextField = ({ fields, ended }: HandoffForm): FormField | undefined => (ended ? undefined : fields.find(({ value }) => value === null));

/** A form with an answer to one of its fields. */
export const answered = (form: HandoffForm, name: string, answer: { value: string; valid: boolean }): HandoffForm => ({
  ...form,
  asked: null,
  fields: form.fields.map((field) => (field.name === name ? { ...field, ...answer } : field)),
});

/** What a customer has filled in, as the team sees it. */
export function filledIn(form: HandoffForm | null): { fields?: { name: string; kind: FormField['kind']; label: string; value: string; valid: boolean }[] } {
  const fields = (form?.fields ?? []).flatMap(({ name, kind, label, value, valid }) => (value ? [{ name, kind, label, value, valid }] : []));
  return fields.length > 0 ? { fields } : {};
}

/** The question of a field as a customer of this language reads it: the team's words for it, else its label, else ours. */
export const labelOf = ({ kind, label, labels = [] }: RouteField, language: string | null): string =>
  inLanguage(labels, language, label || (kind === 'text' ? '' : formWords(language)[kind]));

/** A question as the customer reads it. @param again what was written is not what was asked for */
export function questionText(field: RouteField, language: string | null, again: boolean): string {
  const words = formWords(language);
  const asks = field.required ? labelOf(field, language) : `${labelOf(field, language)} ${words.optional}`;
  return again ? `${words.again} ${asks}` : asks;
}
