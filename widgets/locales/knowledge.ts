import { catalogue } from './catalogue.ts';
import { knowledge } from './en/knowledge.ts';

/** The words of articles in the settings; fetched with them. */
export const knowledgeTexts = catalogue('knowledge', knowledge, {
  es: () => import('./es/knowledge.ts').then((texts) => texts.knowledge),
  pt: () => import('./pt/knowledge.ts').then((texts) => texts.knowledge),
  de: () => import('./de/knowledge.ts').then((texts) => texts.knowledge),
  ar: () => import('./ar/knowledge.ts').then((texts) => texts.knowledge),
});
