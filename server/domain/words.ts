/**
 * Texts that the workspace says by itself, in the customer's language: at a handoff the last word is not the agent's.
 */
const HANDOFF: Record<string, { routes: string; plain: string; numbered: string }> = {
  en: { routes: 'We are passing you to a person. How shall we reach you?', plain: 'We are passing you to a person, who will write to you here.', numbered: 'Reply with a number:' },
  es: { routes: 'Le pasamos con una persona. ¿Cómo prefiere que le contactemos?', plain: 'Le pasamos con una persona, que le escribirá aquí.', numbered: 'Responda con un número:' },
  pt: { routes: 'Vamos passar você para uma pessoa. Como prefere ser contatado?', plain: 'Vamos passar você para uma pessoa, que vai escrever aqui.', numbered: 'Responda com um número:' },
  de: { routes: 'Wir geben Sie an einen Menschen weiter. Wie erreichen wir Sie am besten?', plain: 'Wir geben Sie an einen Menschen weiter, der Ihnen hier schreibt.', numbered: 'Antworten Sie mit einer Zahl:' },
  fr: { routes: 'Nous vous passons une personne. Comment préférez-vous être contacté ?', plain: 'Nous vous passons une personne, qui vous écrira ici.', numbered: 'Répondez par un chiffre :' },
  it: { routes: 'La mettiamo in contatto con una persona. Come preferisce essere contattato?', plain: 'La mettiamo in contatto con una persona, che le scriverà qui.', numbered: 'Risponda con un numero:' },
  nl: { routes: 'We verbinden u door met een medewerker. Hoe kunnen we u bereiken?', plain: 'We verbinden u door met een medewerker, die u hier schrijft.', numbered: 'Antwoord met een cijfer:' },
  ar: { routes: 'سنحوّلك إلى أحد أفراد الفريق. كيف تفضّل أن نتواصل معك؟', plain: 'سنحوّلك إلى أحد أفراد الفريق، وسيكتب لك هنا.', numbered: 'أجب برقم:' },
};

/**
 * What a customer reads at a handoff.
 * @param language BCP 47, or null where it is not known
 * @param routes labels to choose from; numbered where the channel has no buttons
 */
export function handoffText(language: string | null, routes: readonly string[], buttons: boolean): string {
  const words = HANDOFF[language?.toLowerCase().split('-')[0] ?? 'en'] ?? HANDOFF.en!;
  if (routes.length === 0) return words.plain;
  if (buttons) return words.routes;
  return `${words.routes}\n\n${words.numbered}\n${routes.map((label, index) => `${index + 1}. ${label}`).join('\n')}`;
}

/** The route that a customer chose by its number or its label, or null. */
export function routeChosen<R extends { label: string }>(text: string, routes: readonly R[]): R | null {
  const said = text.normalize('NFKC').trim().toLowerCase().replace(/[.)!\s]+$/u, '');
  const number = /^\p{Nd}{1,2}$/u.test(said) ? Number([...said].map((digit) => digitValue(digit)).join('')) : Number.NaN;
  if (Number.isInteger(number)) return routes[number - 1] ?? null;
  return routes.find((route) => route.label.trim().toLowerCase() === said) ?? null;
}

/** The value of a decimal digit in any script: Arabic ٣ is 3. Digits of a script stand in a row of ten. */
function digitValue(digit: string): number {
  let zero = digit.codePointAt(0)!;
  const start = zero;
  while (/^\p{Nd}$/u.test(String.fromCodePoint(zero - 1)) && start - zero < 9) zero -= 1;
  return start - zero;
}
