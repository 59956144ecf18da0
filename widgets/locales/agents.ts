import { catalogue } from './catalogue.ts';
import { agents } from './en/agents.ts';

/** The words of agents and guidance cards in the settings; fetched with them. */
export const agentsTexts = catalogue('agents', agents, {
  es: () => import('./es/agents.ts').then((texts) => texts.agents),
  pt: () => import('./pt/agents.ts').then((texts) => texts.agents),
  de: () => import('./de/agents.ts').then((texts) => texts.agents),
  ar: () => import('./ar/agents.ts').then((texts) => texts.agents),
});
