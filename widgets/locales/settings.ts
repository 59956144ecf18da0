import { catalogue } from './catalogue.ts';
import { settings } from './en/settings.ts';

/** What whoever sets up the workspace sees, in every language; fetched with the settings, which few pages show. */
export const settingsTexts = catalogue('settings', settings, {
  es: () => import('./es/settings.ts').then((texts) => texts.settings),
  pt: () => import('./pt/settings.ts').then((texts) => texts.settings),
  de: () => import('./de/settings.ts').then((texts) => texts.settings),
  ar: () => import('./ar/settings.ts').then((texts) => texts.settings),
});
