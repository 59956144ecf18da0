/** A word in each number that a language tells apart; `other` always stands. */
export type Forms = Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }>;

/** Picks by the language's own rules: `const count = plural('en'); count(3, { one: '1 note', other: '3 notes' })`. */
export function plural(language: string): (n: number, forms: Forms) => string {
  const rules = new Intl.PluralRules(language);
  return (n, forms) => forms[rules.select(n)] ?? forms.other;
}
