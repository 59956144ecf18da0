import { catalogue } from './catalogue.ts';
import { mail } from './en/mail.ts';

/** What operators see round a mail of HTML, in every language; fetched with the conversation. */
export const mailTexts = catalogue('mail', mail, {
  es: () => import('./es/mail.ts').then((texts) => texts.mail),
  pt: () => import('./pt/mail.ts').then((texts) => texts.mail),
  de: () => import('./de/mail.ts').then((texts) => texts.mail),
  ar: () => import('./ar/mail.ts').then((texts) => texts.mail),
});
