import { catalogue } from './catalogue.ts';
import { translate } from './en/translate.ts';

/** The words of translations; fetched with what shows them. */
export const translateTexts = catalogue('translate', translate, {
  es: () => import('./es/translate.ts').then((texts) => texts.translate),
  pt: () => import('./pt/translate.ts').then((texts) => texts.translate),
  de: () => import('./de/translate.ts').then((texts) => texts.translate),
  ar: () => import('./ar/translate.ts').then((texts) => texts.translate),
});
