import type { Plugin } from 'vite';
import { policyName } from './policy.ts';

const creation = /([\w$]+)\s*\.createPolicy\(\s*(['"])lit-html\2\s*,\s*(\{[^{}]*\})\s*\)/;

/**
 * Gives Lit's Trusted Types policy our own name and shares it between bundles through the global symbol registry.
 * Two copies of Lit on a page would both create `lit-html`, and the second dies at load. Where the page refuses the
 * policy, null is left behind, and elements say so in place (`policyRefused`).
 */
export function litPolicy(): Plugin {
  return {
    name: 'convene-lit-policy',
    enforce: 'pre',
    transform(code, id) {
      if (!/lit-html\/(development\/)?lit-html\.js/.test(id)) return null;
      const rewritten = renamePolicy(code);
      if (rewritten === null) this.error('lit-html no longer creates its policy in the way that is rewritten here');
      return { code: rewritten, map: null };
    },
  };
}

/** Rewrites the creation of the policy in Lit's source; null when it is not found. */
export function renamePolicy(code: string): string | null {
  if (!creation.test(code)) return null;
  return code.replace(
    creation,
    (_all, types: string, _quote: string, rules: string) =>
      `((g, k) => { if (!(k in g)) try { g[k] = ${types}.createPolicy(${JSON.stringify(policyName)}, ${rules}); } ` +
      `catch { g[k] = null; } return g[k] ?? undefined; })(globalThis, Symbol.for(${JSON.stringify(policyName)}))`,
  );
}
