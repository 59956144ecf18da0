import { catalogue } from './catalogue.ts';
import { desk } from './en/desk.ts';

/** What operators see when they pass conversations on or make tickets, in every language; fetched with the first of these. */
export const deskTexts = catalogue('desk', desk, {
  es: () => import('./es/desk.ts').then((texts) => texts.desk),
  pt: () => import('./pt/desk.ts').then((texts) => texts.desk),
  de: () => import('./de/desk.ts').then((texts) => texts.desk),
  ar: () => import('./ar/desk.ts').then((texts) => texts.desk),
});
