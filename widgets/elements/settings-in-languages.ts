/** The same words in several languages, as they are typed: `de: Ein Anruf`, a line each. */

interface InLanguage {
  language: string;
  text: string;
}

const LINE = /^\s*(?:([a-zA-Z]{2,3}(?:-[a-zA-Z0-9]{2,8})*)\s*:)?\s*(\S.*?)\s*$/u;

export const languageLines = (texts: readonly InLanguage[]): string => texts.map(({ language, text }) => `${language}: ${text}`).join('\n');

/** @param tag of the page: the language of lines that name none */
export const inLanguages = (text: string, tag: string): InLanguage[] =>
  text.split('\n').flatMap((line) => {
    const [, language = tag.split('-')[0]!, said] = LINE.exec(line) ?? [];
    return said === undefined ? [] : [{ language, text: said }];
  });
