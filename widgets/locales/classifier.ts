import { catalogue } from './catalogue.ts';
import { classifier } from './en/classifier.ts';

/** The words of what the classifier would decide, and of correcting it; fetched with the first of them. */
export const classifierTexts = catalogue('classifier', classifier, {
  es: () => import('./es/classifier.ts').then((texts) => texts.classifier),
  pt: () => import('./pt/classifier.ts').then((texts) => texts.classifier),
  de: () => import('./de/classifier.ts').then((texts) => texts.classifier),
  ar: () => import('./ar/classifier.ts').then((texts) => texts.classifier),
});
