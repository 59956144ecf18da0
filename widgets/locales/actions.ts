import { catalogue } from './catalogue.ts';
import { actions } from './en/actions.ts';

/** What operators see of what agents plan with drafts, in every language; fetched with the first of them. */
export const actionsTexts = catalogue('actions', actions, {
  es: () => import('./es/actions.ts').then((texts) => texts.actions),
  pt: () => import('./pt/actions.ts').then((texts) => texts.actions),
  de: () => import('./de/actions.ts').then((texts) => texts.actions),
  ar: () => import('./ar/actions.ts').then((texts) => texts.actions),
});
