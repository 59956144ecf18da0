import { catalogue } from './catalogue.ts';
import { access } from './en/access.ts';

/** The words of keys, people, models and hosts in the settings; fetched with them. */
export const accessTexts = catalogue('access', access, {
  es: () => import('./es/access.ts').then((texts) => texts.access),
  pt: () => import('./pt/access.ts').then((texts) => texts.access),
  de: () => import('./de/access.ts').then((texts) => texts.access),
  ar: () => import('./ar/access.ts').then((texts) => texts.access),
});
