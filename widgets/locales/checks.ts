import { catalogue } from './catalogue.ts';
import { checks } from './en/checks.ts';

/** The words of the checks in the settings; fetched with them. */
export const checkTexts = catalogue('checks', checks, {
  es: () => import('./es/checks.ts').then((texts) => texts.checks),
  pt: () => import('./pt/checks.ts').then((texts) => texts.checks),
  de: () => import('./de/checks.ts').then((texts) => texts.checks),
  ar: () => import('./ar/checks.ts').then((texts) => texts.checks),
});
