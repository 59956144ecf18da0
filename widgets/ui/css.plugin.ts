import type { Plugin } from 'vite';

/**
 * Takes comments and the white space that means nothing out of css`…` templates at the build. Expressions in them stay
 * as they are; so do strings, and the spaces round the operators of calc().
 */
export function compactCss(): Plugin {
  return {
    name: 'convene-compact-css',
    apply: 'build',
    transform(code, id) {
      if (!id.endsWith('.ts') || !/\bcss`/.test(code)) return null;
      return { code: code.replaceAll(/\bcss`([^`]*)`/g, (_, text: string) => `css\`${compact(text)}\``), map: null };
    },
  };
}

/** One sheet's text, shorter and meaning the same. */
export function compact(text: string): string {
  return text
    .split(/("[^"]*"|'[^']*')/)
    .map((part, index) => (index % 2 === 1 ? part : part
      .replaceAll(/\/\*[^]*?\*\//g, '')
      .replaceAll(/\s+/g, ' ')
      .replaceAll(/ ?([{};,]) ?/g, '$1')
      .replaceAll(/: (?=[^{}]*[;}])/g, ':')
      .replaceAll(/;}/g, '}')))
    .join('')
    .trim();
}
