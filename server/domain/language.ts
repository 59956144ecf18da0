/** Whether two language tags are of one language, wherever it is spoken: `pt` and `pt-BR`. */
export const sameLanguage = (one: string | null | undefined, other: string | null | undefined): boolean =>
  Boolean(one && other) && baseOf(one!) === baseOf(other!);

const baseOf = (tag: string): string => tag.split('-')[0]!.toLowerCase();
