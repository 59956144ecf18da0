import { catalogue } from './catalogue.ts';
import { notify } from './en/notify.ts';

/** What operators read of notifications and of their own settings, in every language; fetched when needed. */
export const notifyTexts = catalogue('notify', notify, {
  es: () => import('./es/notify.ts').then((texts) => texts.notify),
  pt: () => import('./pt/notify.ts').then((texts) => texts.notify),
  de: () => import('./de/notify.ts').then((texts) => texts.notify),
  ar: () => import('./ar/notify.ts').then((texts) => texts.notify),
});
