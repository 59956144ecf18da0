import { catalogue } from './catalogue.ts';
import { drafts } from './en/drafts.ts';

/** What who works through the approval queue sees, in every language; fetched with the queue. */
export const draftsTexts = catalogue('drafts', drafts, {
  es: () => import('./es/drafts.ts').then((texts) => texts.drafts),
  pt: () => import('./pt/drafts.ts').then((texts) => texts.drafts),
  de: () => import('./de/drafts.ts').then((texts) => texts.drafts),
  ar: () => import('./ar/drafts.ts').then((texts) => texts.drafts),
});
