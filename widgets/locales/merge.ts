import { catalogue } from './catalogue.ts';
import { merge } from './en/merge.ts';

/** The words of merging conversations; fetched with the dialog. */
export const mergeTexts = catalogue('merge', merge, {
  es: () => import('./es/merge.ts').then((texts) => texts.merge),
  pt: () => import('./pt/merge.ts').then((texts) => texts.merge),
  de: () => import('./de/merge.ts').then((texts) => texts.merge),
  ar: () => import('./ar/merge.ts').then((texts) => texts.merge),
});
