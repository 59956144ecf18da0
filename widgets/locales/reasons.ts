import { catalogue } from './catalogue.ts';
import { reasons } from './en/reasons.ts';

/** Why something was done by itself, in every language; fetched with the first conversation, or where else it is told. */
export const reasonTexts = catalogue('reasons', reasons, {
  es: () => import('./es/reasons.ts').then((texts) => texts.reasons),
  pt: () => import('./pt/reasons.ts').then((texts) => texts.reasons),
  de: () => import('./de/reasons.ts').then((texts) => texts.reasons),
  ar: () => import('./ar/reasons.ts').then((texts) => texts.reasons),
});
