import type { Attachment } from '../../server/contract/message.ts';

/** Pictures that any browser shows and that can hold no script. */
export const isPicture = ({ type }: Pick<Attachment, 'type'>): boolean => /^image\/(png|jpe?g|gif|webp|avif)$/.test(type);

/** What a message says that is nothing but files: their names. */
export function caption(attachments: readonly Pick<Attachment, 'name'>[]): string {
  return attachments.map(({ name }) => name).join(', ');
}

/** A file's address in full, when it is one of the web; undefined for any other. @param base what it may be relative to */
export function webAddress(url: string, base?: string): string | undefined {
  if (!URL.canParse(url, base)) return undefined;
  const { protocol, href } = new URL(url, base);
  return protocol === 'https:' || protocol === 'http:' ? href : undefined;
}
