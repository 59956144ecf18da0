/** The languages that there are words for. English is in the bundle, the others are fetched when needed. */
export const languages = ['en', 'es', 'pt', 'de', 'ar'] as const;
export type Language = (typeof languages)[number];

/** A group of texts: plain strings, functions of what goes into them, and groups within. */
export interface Texts {
  readonly [key: string]: string | ((...parts: never[]) => string) | Texts;
}

/** The same texts in another language: every key, with the same arguments. */
export type Translated<T> = { readonly [K in keyof T]: T[K] extends string ? string : T[K] extends (...parts: never[]) => string ? T[K] : Translated<T[K]> };

type Loaders<T> = Readonly<Record<Exclude<Language, 'en'>, () => Promise<Translated<T>>>>;

/** All texts of one bundle: English at once, another language as its own chunk. */
export interface Catalogue<T> {
  readonly english: Translated<T>;
  /** The texts of a language that has arrived; undefined while it has not. */
  ready(language: Language): Translated<T> | undefined;
  /** Fetches a language once, for everybody. Falls back to English when it cannot be fetched; asks again the next time. */
  load(language: Language): Promise<Translated<T>>;
}

/** Puts English and the ways to the other languages together. */
export function catalogue<T>(english: T, loaders: Loaders<T>): Catalogue<T> {
  const source = english as Translated<T>;
  const arrived = new Map<Language, Translated<T>>([['en', source]]);
  const underway = new Map<Language, Promise<Translated<T>>>();
  return {
    english: source,
    ready: (language) => arrived.get(language),
    load(language) {
      if (language === 'en') return Promise.resolve(source);
      const pending = underway.get(language);
      if (pending) return pending;
      const loading = loaders[language]().then(
        (texts) => {
          arrived.set(language, texts);
          return texts;
        },
        () => {
          underway.delete(language);
          return source;
        },
      );
      underway.set(language, loading);
      return loading;
    },
  };
}

/** The language of ours that a BCP 47 tag asks for; English for those that we do not speak. */
export function languageOf(tag: string): Language {
  const wanted = tag.toLowerCase().split(/[-_]/)[0];
  return languages.find((language) => language === wanted) ?? 'en';
}

/**
 * The tag to format times and numbers with. A bare language (`en`) takes the reader's own region where their browser
 * names one (`en-GB`), since a page seldom does; a language that we do not speak is formatted as English, like its words.
 */
export function formatTag(tag: string, readers: readonly string[] = navigator.languages): string {
  const language = languageOf(tag);
  const spoken = tag.toLowerCase().split(/[-_]/)[0] === language;
  if (spoken && /[-_]/.test(tag)) return tag.replaceAll('_', '-');
  return readers.find((reader) => reader.toLowerCase().startsWith(`${language}-`)) ?? (language === 'en' ? 'en-GB' : language);
}
