import type { Plugin } from 'vite';

/**
 * Takes comments and the white space that means nothing out of css`…` templates at the build, and out of plain texts
 * marked with a comment that says css. Expressions in them stay as they are; so do strings, and the spaces round the operators of calc().
 */
export function compactCss(): Plugin {
  return {
    name: 'convene-compact-css',
    apply: 'build',
    // Before comments are gone.
    enforce: 'pre',
    transform(code, id) {
      const sheet = /\b(css|css \*\/ ?)`([^`]*)`/g;
      if (!id.endsWith('.ts') || !sheet.test(code)) return null;
      return { code: code.replaceAll(sheet, (_, mark: string, text: string) => `${mark}\`${compact(text)}\``), map: null };
    },
  };
}

/** One sheet's text, shorter and meaning the same. */
export function compact(text: string): string {
  return text
    .split(/("[^"]*"|'[^']*')/)
    .map((part, index) =>
      index % 2 === 1
        ? part
        : part
            .replaceAll(/\/\*[^]*?\*\//g, '')
            .replaceAll(/\s+/g, ' ')
            .replaceAll(/ ?([{};,]) ?/g, '$1')
            .replaceAll(/: (?=[^{}]*[;}])/g, ':')
            .replaceAll(/;}/g, '}'),
    )
    .join('')
    .trim();
}
