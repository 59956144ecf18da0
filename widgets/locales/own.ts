/** The words of a host: a language that we do not speak, or other words for single things in one that we do. */
import { surroundingsChanged } from '../ui/surroundings.ts';
import type { access } from './en/access.ts';
import type { actions } from './en/actions.ts';
import type { agents } from './en/agents.ts';
import type { begin } from './en/begin.ts';
import type { call } from './en/call.ts';
import type { checks } from './en/checks.ts';
import type { classifier } from './en/classifier.ts';
import type { composing } from './en/composing.ts';
import type { contact } from './en/contact.ts';
import type { data } from './en/data.ts';
import type { desk } from './en/desk.ts';
import type { drafts } from './en/drafts.ts';
import type { faults } from './en/faults.ts';
import type { handing } from './en/handing.ts';
import type { history } from './en/history.ts';
import type { knowledge } from './en/knowledge.ts';
import type { mail } from './en/mail.ts';
import type { merge } from './en/merge.ts';
import type { notify } from './en/notify.ts';
import type { operator } from './en/operator.ts';
import type { palette } from './en/palette.ts';
import type { playbooks } from './en/playbooks.ts';
import type { pooling } from './en/pooling.ts';
import type { reasons } from './en/reasons.ts';
import type { report } from './en/report.ts';
import type { routeForm } from './en/route-form.ts';
import type { rules } from './en/rules.ts';
import type { search } from './en/search.ts';
import type { settings } from './en/settings.ts';
import type { skills } from './en/skills.ts';
import type { snooze } from './en/snooze.ts';
import type { translate } from './en/translate.ts';
import type { visitor } from './en/visitor.ts';

/** Some of a group's texts: each takes what the English one takes. */
export type Overrides<T> = { readonly [K in keyof T]?: T[K] extends string ? string : T[K] extends (...parts: never[]) => string ? T[K] : Overrides<T[K]> };

/** Texts by the part of the product that shows them; what is left out stays as it is, or English in a language that is not ours. */
export interface LocaleTexts {
  /** What the closed chat says: that its button opens it, and that it could not be loaded. */
  readonly openChat?: readonly [open: string, failed: string];
  readonly access?: Overrides<typeof access>;
  readonly actions?: Overrides<typeof actions>;
  readonly agents?: Overrides<typeof agents>;
  readonly begin?: Overrides<typeof begin>;
  readonly call?: Overrides<typeof call>;
  readonly checks?: Overrides<typeof checks>;
  readonly classifier?: Overrides<typeof classifier>;
  readonly composing?: Overrides<typeof composing>;
  readonly contact?: Overrides<typeof contact>;
  readonly data?: Overrides<typeof data>;
  readonly desk?: Overrides<typeof desk>;
  readonly drafts?: Overrides<typeof drafts>;
  readonly faults?: Overrides<typeof faults>;
  readonly handing?: Overrides<typeof handing>;
  readonly history?: Overrides<typeof history>;
  readonly knowledge?: Overrides<typeof knowledge>;
  readonly mail?: Overrides<typeof mail>;
  readonly merge?: Overrides<typeof merge>;
  readonly notify?: Overrides<typeof notify>;
  readonly operator?: Overrides<typeof operator>;
  readonly palette?: Overrides<typeof palette>;
  readonly playbooks?: Overrides<typeof playbooks>;
  readonly pooling?: Overrides<typeof pooling>;
  readonly reasons?: Overrides<typeof reasons>;
  readonly report?: Overrides<typeof report>;
  readonly routeForm?: Overrides<typeof routeForm>;
  readonly rules?: Overrides<typeof rules>;
  readonly search?: Overrides<typeof search>;
  readonly settings?: Overrides<typeof settings>;
  readonly skills?: Overrides<typeof skills>;
  readonly snooze?: Overrides<typeof snooze>;
  readonly translate?: Overrides<typeof translate>;
  readonly visitor?: Overrides<typeof visitor>;
}

type Nested = { readonly [key: string]: unknown };
const isGroup = (value: unknown): value is Nested => typeof value === 'object' && !Array.isArray(value);

const own = new Map<string, Nested>();

/** How often a host has said something: whoever keeps texts looks again where this has changed. */
export let revision = 0;

/** A group with some of its texts put in place of its own. */
export function over<T>(texts: T, others: unknown): T {
  if (!isGroup(others)) return texts;
  const mine = texts as Nested;
  return { ...mine, ...Object.fromEntries(Object.entries(others).map(([key, text]) => [key, isGroup(text) ? over(mine[key] ?? {}, text) : text])) } as T;
}

/**
 * Says texts of the host's own, at any time: elements on the page take them up at once. Said again, texts are added.
 * @param language a language as two or three letters, such as `nl`; one of ours (`en`, `es`, `pt`, `de`, `ar`) where single texts are replaced
 */
export function registerLocale(language: string, texts: LocaleTexts): void {
  own.set(language, over(own.get(language) ?? {}, texts));
  revision += 1;
  surroundingsChanged();
}

/** What a host has said in a language; undefined where nothing. */
export const ownTexts = (language: string): Nested | undefined => own.get(language);
