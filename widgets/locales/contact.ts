import { catalogue } from './catalogue.ts';
import { contact } from './en/contact.ts';

/** The words of contacts and timelines; fetched with what fills the side panel. */
export const contactTexts = catalogue('contact', contact, {
  es: () => import('./es/contact.ts').then((texts) => texts.contact),
  pt: () => import('./pt/contact.ts').then((texts) => texts.contact),
  de: () => import('./de/contact.ts').then((texts) => texts.contact),
  ar: () => import('./ar/contact.ts').then((texts) => texts.contact),
});
