/**
 * The Trusted Types policy that Lit's templates pass through. The build names it (see `lit-policy.plugin.ts`), since two
 * copies of Lit cannot both create one called `lit-html`; every bundle of ours on a page shares one.
 */
export const policyName = 'convene-1';

/** True where the page enforces Trusted Types and refused our policy: nothing can then be rendered from templates. */
export function policyRefused(): boolean {
  const held: unknown = Reflect.get(globalThis, Symbol.for(policyName));
  if (held !== null) return false;
  try {
    document.createElement('template').innerHTML = '<i></i>';
    return false;
  } catch {
    return true;
  }
}

/** What the element shows instead: which directive the page's owner has to extend, in place. */
export function policyNotice(): HTMLElement {
  const notice = document.createElement('p');
  notice.setAttribute('role', 'alert');
  notice.textContent =
    `Convene cannot draw here: this page's Content-Security-Policy allows Trusted Types policies by name. ` +
    `Add ${policyName} to its trusted-types directive.`;
  return notice;
}
