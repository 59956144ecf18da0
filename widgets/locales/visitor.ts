import { catalogue } from './catalogue.ts';
import { visitor } from './en/visitor.ts';

/** What visitors see, in every language. */
export const visitorTexts = catalogue('visitor', visitor, {
  es: () => import('./es/visitor.ts').then((texts) => texts.visitor),
  pt: () => import('./pt/visitor.ts').then((texts) => texts.visitor),
  de: () => import('./de/visitor.ts').then((texts) => texts.visitor),
  ar: () => import('./ar/visitor.ts').then((texts) => texts.visitor),
});
