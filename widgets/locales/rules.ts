import { catalogue } from './catalogue.ts';
import { rules } from './en/rules.ts';

/** The words of tags, departments and routing rules in the settings; fetched with them. */
export const rulesTexts = catalogue('rules', rules, {
  es: () => import('./es/rules.ts').then((texts) => texts.rules),
  pt: () => import('./pt/rules.ts').then((texts) => texts.rules),
  de: () => import('./de/rules.ts').then((texts) => texts.rules),
  ar: () => import('./ar/rules.ts').then((texts) => texts.rules),
});
