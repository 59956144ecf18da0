import { catalogue } from './catalogue.ts';
import { data } from './en/data.ts';

/** The words of what is kept and for how long; fetched where that is set or asked for. */
export const dataTexts = catalogue('data', data, {
  es: () => import('./es/data.ts').then((texts) => texts.data),
  pt: () => import('./pt/data.ts').then((texts) => texts.data),
  de: () => import('./de/data.ts').then((texts) => texts.data),
  ar: () => import('./ar/data.ts').then((texts) => texts.data),
});
