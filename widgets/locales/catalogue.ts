import { over, ownTexts, type LocaleTexts } from './own.ts';

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

/** All texts of one bundle: English at once, another language as its own chunk, and over each what the host says. */
export interface Catalogue<T> {
  readonly english: Translated<T>;
  /** The texts of a language that has arrived; undefined while it has not. */
  ready(language: string): Translated<T> | undefined;
  /** Fetches a language once, for everybody. Falls back to English when it cannot be fetched; asks again the next time. */
  load(language: string): Promise<Translated<T>>;
}

/**
 * Puts English and the ways to the other languages together.
 * @param name under which hosts say texts of their own for it
 */
export function catalogue<T>(name: keyof LocaleTexts, english: T, loaders: Loaders<T>): Catalogue<T> {
  const source = english as Translated<T>;
  const others: Readonly<Record<string, (() => Promise<Translated<T>>) | undefined>> = loaders;
  const arrived = new Map<string, Translated<T>>();
  const underway = new Map<string, Promise<Translated<T>>>();
  const said = (texts: Translated<T>, language: string): Translated<T> => over(texts, ownTexts(language)?.[name]);
  const ready = (language: string): Translated<T> | undefined => {
    const texts = others[language] ? arrived.get(language) : source;
    return texts && said(texts, language);
  };
  return {
    english: source,
    ready,
    load(language) {
      const fetching = others[language];
      if (!fetching) return Promise.resolve(said(source, language));
      const pending =
        underway.get(language) ??
        fetching().then(
          (texts) => {
            arrived.set(language, texts);
            return texts;
          },
          () => {
            underway.delete(language);
            return source;
          },
        );
      underway.set(language, pending);
      return pending.then((texts) => said(texts, language));
    },
  };
}

/** The language that a BCP 47 tag asks for, of ours or of those that the host has words for; English for others. */
export function languageOf(tag: string): string {
  const wanted = tag.toLowerCase().split(/[-_]/)[0] ?? '';
  return languages.some((language) => language === wanted) || ownTexts(wanted) ? wanted : 'en';
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
