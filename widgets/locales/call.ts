import { catalogue } from './catalogue.ts';
import { call } from './en/call.ts';

/** What operators see of telephone calls, in every language; fetched with the first of them. */
export const callTexts = catalogue('call', call, {
  es: () => import('./es/call.ts').then((texts) => texts.call),
  pt: () => import('./pt/call.ts').then((texts) => texts.call),
  de: () => import('./de/call.ts').then((texts) => texts.call),
  ar: () => import('./ar/call.ts').then((texts) => texts.call),
});
