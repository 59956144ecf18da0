/** Whether two language tags are of one language, wherever it is spoken: `pt` and `pt-BR`. */
export const sameLanguage = (one: string | null | undefined, other: string | null | undefined): boolean =>
  Boolean(one && other) && baseOf(one!) === baseOf(other!);

const baseOf = (tag: string): string => tag.split('-')[0]!.toLowerCase();

/**
 * The words that somebody of a language reads: those of the very tag, else of the same language wherever it is spoken.
 * @param plain where there are none
 */
export const inLanguage = (texts: readonly { language: string; text: string }[], language: string | null, plain: string): string =>
  (texts.find((one) => one.language.toLowerCase() === language?.toLowerCase()) ?? texts.find((one) => sameLanguage(one.language, language)))?.text ?? plain;
