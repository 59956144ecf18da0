import { catalogue } from './catalogue.ts';
import { report } from './en/report.ts';

/** The words of the report; fetched with it. */
export const reportTexts = catalogue('report', report, {
  es: () => import('./es/report.ts').then((texts) => texts.report),
  pt: () => import('./pt/report.ts').then((texts) => texts.report),
  de: () => import('./de/report.ts').then((texts) => texts.report),
  ar: () => import('./ar/report.ts').then((texts) => texts.report),
});
