/** The most characters of a name, its ending included. */
const LONGEST = 150;

/** Invisible characters, among them those that turn the direction of writing: `exe.gpj` must not read as `jpg.exe`. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\uFFF9-\uFFFD]/gu;

/**
 * A file's name as it may be shown and saved: its last part, without what cannot be seen, on one line and of bounded
 * length. Never empty.
 */
export function cleanName(given: string): string {
  const last =
    given
      .toWellFormed()
      .replaceAll('\\', '/')
      .split('/')
      .filter((part) => part.trim() !== '')
      .at(-1) ?? '';
  const plain = last
    .replaceAll(INVISIBLE, '')
    .replaceAll(/\s+/g, ' ')
    .replace(/^[. ]+/, '')
    .trim();
  if (plain === '') return 'file';
  const ending = /\.[\p{L}\p{N}]{1,10}$/u.exec(plain)?.[0] ?? '';
  const characters = [...plain.slice(0, plain.length - ending.length)];
  return characters.slice(0, LONGEST - ending.length).join('') + ending;
}

/** How a browser is told to save a file, or to show it: RFC 6266, with the name as RFC 8187 has it and a plain one for those that know no better. */
export function disposition(how: 'inline' | 'attachment', name: string): string {
  const plain = name.replaceAll(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(name).replaceAll(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  return `${how}; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
