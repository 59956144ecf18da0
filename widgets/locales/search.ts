import { catalogue } from './catalogue.ts';
import { search } from './en/search.ts';

/** What operators see of the search, in every language; fetched when somebody searches. */
export const searchTexts = catalogue('search', search, {
  es: () => import('./es/search.ts').then((texts) => texts.search),
  pt: () => import('./pt/search.ts').then((texts) => texts.search),
  de: () => import('./de/search.ts').then((texts) => texts.search),
  ar: () => import('./ar/search.ts').then((texts) => texts.search),
});
