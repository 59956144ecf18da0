/** Languages to choose from; others that are set stay. */
export const knownLanguages: readonly string[] = [
  'ar',
  'bn',
  'cs',
  'da',
  'de',
  'el',
  'en',
  'es',
  'fa',
  'fi',
  'fr',
  'he',
  'hi',
  'hu',
  'id',
  'it',
  'ja',
  'ko',
  'nl',
  'no',
  'pl',
  'pt',
  'ro',
  'ru',
  'sv',
  'th',
  'tr',
  'uk',
  'ur',
  'vi',
  'zh',
];

/** What a language is called in another, both as tags; the tag itself where nobody knows. */
export function languageName(tag: string, language: string): string {
  try {
    return new Intl.DisplayNames(tag, { type: 'language' }).of(language) ?? language;
  } catch {
    return language;
  }
}

/** The same, as it stands at the beginning of a line. */
export function languageTitle(tag: string, language: string): string {
  const name = languageName(tag, language);
  return name.charAt(0).toLocaleUpperCase(tag) + name.slice(1);
}

const baseOf = (tag: string): string => tag.split(/[-_]/)[0]?.toLowerCase() ?? '';

/** Whether two tags are of one language, wherever it is spoken. */
export const sameLanguage = (one: string, other: string): boolean => baseOf(one) === baseOf(other);
