/** A page that does what pages do: another Lit, hotkeys on single letters, spoiled globals and prototypes. */
import { LitElement, html } from 'lit';
import type { ConvProvider } from '../widgets/index.ts';

declare global {
  interface Window {
    /** Letters that the page took for its own hotkeys. */
    hotkeys: string[];
    /** What the page's policy refused. */
    violations: string[];
  }
}

window.hotkeys = [];
window.violations = [];
document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) =>
  window.violations.push(`${violatedDirective} ${blockedURI} ${sample}`),
);

// Libraries that take single letters listen on the document, and know fields by their tag.
document.addEventListener('keydown', (event) => {
  const target = event.target as HTMLElement;
  if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !/^(input|textarea|select)$/i.test(target.tagName)) {
    window.hotkeys.push(event.key);
    event.preventDefault();
  }
});

// Globals that bundles are known to trip over, without any prototype, and a prototype that says more than it should.
for (const name of ['process', 'global', 'module', 'exports', 'define', 'require', 'Buffer', 'litHtmlVersions', 'litElementVersions']) {
  Reflect.set(window, name, Object.assign(Object.create(null) as object, { push: () => 0, env: Object.create(null) as object }));
}
for (const prototype of [Object.prototype, Array.prototype]) {
  Object.defineProperty(prototype, 'extend', { value: () => undefined, enumerable: true, configurable: true, writable: true });
}

/** An element of the page's own, on a Lit of its own. */
class HostClock extends LitElement {
  override render() {
    return html`<b>${new Date().toLocaleTimeString()}</b>`;
  }
}
customElements.define('host-clock', HostClock);

const provider: ConvProvider = document.querySelector('conv-provider')!;
provider.getToken = async () => {
  const { token } = (await (await fetch('/demo/token?as=ben')).json()) as { token: string };
  return token;
};
