import { catalogue } from './catalogue.ts';
import { composing } from './en/composing.ts';

/** What operators see where they write mails and to messengers, in every language; fetched with the composer. */
export const composingTexts = catalogue('composing', composing, {
  es: () => import('./es/composing.ts').then((texts) => texts.composing),
  pt: () => import('./pt/composing.ts').then((texts) => texts.composing),
  de: () => import('./de/composing.ts').then((texts) => texts.composing),
  ar: () => import('./ar/composing.ts').then((texts) => texts.composing),
});
