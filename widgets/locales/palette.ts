import { catalogue } from './catalogue.ts';
import { palette } from './en/palette.ts';

/** The words of the command palette and of the sheet of keys; fetched with them. */
export const paletteTexts = catalogue('palette', palette, {
  es: () => import('./es/palette.ts').then((texts) => texts.palette),
  pt: () => import('./pt/palette.ts').then((texts) => texts.palette),
  de: () => import('./de/palette.ts').then((texts) => texts.palette),
  ar: () => import('./ar/palette.ts').then((texts) => texts.palette),
});
