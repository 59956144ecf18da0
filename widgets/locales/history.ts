import { catalogue } from './catalogue.ts';
import { history } from './en/history.ts';

/** The words of what became of settings; fetched with the sections that show it. */
export const historyTexts = catalogue('history', history, {
  es: () => import('./es/history.ts').then((texts) => texts.history),
  pt: () => import('./pt/history.ts').then((texts) => texts.history),
  de: () => import('./de/history.ts').then((texts) => texts.history),
  ar: () => import('./ar/history.ts').then((texts) => texts.history),
});
