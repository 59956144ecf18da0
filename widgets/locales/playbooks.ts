import { catalogue } from './catalogue.ts';
import { playbooks } from './en/playbooks.ts';

/** The words of playbooks, in the settings and in a conversation's details; fetched with them. */
export const playbooksTexts = catalogue('playbooks', playbooks, {
  es: () => import('./es/playbooks.ts').then((texts) => texts.playbooks),
  pt: () => import('./pt/playbooks.ts').then((texts) => texts.playbooks),
  de: () => import('./de/playbooks.ts').then((texts) => texts.playbooks),
  ar: () => import('./ar/playbooks.ts').then((texts) => texts.playbooks),
});
