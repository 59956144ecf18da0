import { catalogue } from './catalogue.ts';
import { routeForm } from './en/route-form.ts';

/** The words of what a route asks for; fetched with its form. */
export const routeFormTexts = catalogue('routeForm', routeForm, {
  es: () => import('./es/route-form.ts').then((texts) => texts.routeForm),
  pt: () => import('./pt/route-form.ts').then((texts) => texts.routeForm),
  de: () => import('./de/route-form.ts').then((texts) => texts.routeForm),
  ar: () => import('./ar/route-form.ts').then((texts) => texts.routeForm),
});
