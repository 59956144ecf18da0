import { catalogue } from './catalogue.ts';
import { pooling } from './en/pooling.ts';

/** The words of saved views and of changing many conversations; fetched when one of both is first wanted. */
export const poolingTexts = catalogue('pooling', pooling, {
  es: () => import('./es/pooling.ts').then((texts) => texts.pooling),
  pt: () => import('./pt/pooling.ts').then((texts) => texts.pooling),
  de: () => import('./de/pooling.ts').then((texts) => texts.pooling),
  ar: () => import('./ar/pooling.ts').then((texts) => texts.pooling),
});
