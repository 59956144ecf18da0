import { catalogue } from './catalogue.ts';
import { faults } from './en/faults.ts';

/** What went wrong outside, in every language; fetched with the first fault that is shown. */
export const faultTexts = catalogue('faults', faults, {
  es: () => import('./es/faults.ts').then((texts) => texts.faults),
  pt: () => import('./pt/faults.ts').then((texts) => texts.faults),
  de: () => import('./de/faults.ts').then((texts) => texts.faults),
  ar: () => import('./ar/faults.ts').then((texts) => texts.faults),
});
