import { catalogue } from './catalogue.ts';
import { operator } from './en/operator.ts';

/** What operators see, in every language. */
export const operatorTexts = catalogue('operator', operator, {
  es: () => import('./es/operator.ts').then((texts) => texts.operator),
  pt: () => import('./pt/operator.ts').then((texts) => texts.operator),
  de: () => import('./de/operator.ts').then((texts) => texts.operator),
  ar: () => import('./ar/operator.ts').then((texts) => texts.operator),
});
