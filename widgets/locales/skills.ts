import { catalogue } from './catalogue.ts';
import { skills } from './en/skills.ts';

/** The words of skills in the settings; fetched with them. */
export const skillsTexts = catalogue('skills', skills, {
  es: () => import('./es/skills.ts').then((texts) => texts.skills),
  pt: () => import('./pt/skills.ts').then((texts) => texts.skills),
  de: () => import('./de/skills.ts').then((texts) => texts.skills),
  ar: () => import('./ar/skills.ts').then((texts) => texts.skills),
});
