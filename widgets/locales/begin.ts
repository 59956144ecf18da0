import { catalogue } from './catalogue.ts';
import { begin } from './en/begin.ts';

/** The words of beginning a conversation; fetched with its dialog. */
export const beginTexts = catalogue('begin', begin, {
  es: () => import('./es/begin.ts').then((texts) => texts.begin),
  pt: () => import('./pt/begin.ts').then((texts) => texts.begin),
  de: () => import('./de/begin.ts').then((texts) => texts.begin),
  ar: () => import('./ar/begin.ts').then((texts) => texts.begin),
});
