import { catalogue } from './catalogue.ts';
import { snooze } from './en/snooze.ts';

/** The words of putting a conversation off; fetched with its dialog. */
export const snoozeTexts = catalogue('snooze', snooze, {
  es: () => import('./es/snooze.ts').then((texts) => texts.snooze),
  pt: () => import('./pt/snooze.ts').then((texts) => texts.snooze),
  de: () => import('./de/snooze.ts').then((texts) => texts.snooze),
  ar: () => import('./ar/snooze.ts').then((texts) => texts.snooze),
});
