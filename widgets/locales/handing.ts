import { catalogue } from './catalogue.ts';
import { handing } from './en/handing.ts';

/** The words of triggers, routes, business hours and intents; fetched with their sections. */
export const handingTexts = catalogue('handing', handing, {
  es: () => import('./es/handing.ts').then((texts) => texts.handing),
  pt: () => import('./pt/handing.ts').then((texts) => texts.handing),
  de: () => import('./de/handing.ts').then((texts) => texts.handing),
  ar: () => import('./ar/handing.ts').then((texts) => texts.handing),
});
