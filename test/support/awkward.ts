/** Everything that a page may do to an element at a moment that nobody thought of. */
import type { Page } from 'playwright-core';
import { standings } from './attach.ts';
import type { Shown } from './attach.ts';

/** Moments between the steps: none, the end of what was begun, a task, a frame, and long enough for answers to be on their way. */
const MOMENTS = ['none', 'microtask', 'task', 'frame', 'request'] as const;

/**
 * Does all of it to each element that a page can have by itself, in `round` in another order of moments.
 * @returns how many steps were done
 */
export async function beAwkward(page: Page, shown: Shown, round: number): Promise<number> {
  const elements = standings.map(({ tag, shows = {}, least, alone = false }) => ({
    tag,
    alone,
    least,
    set: {
      ...Object.fromEntries(Object.entries(shows).map(([property, what]) => [property, shown[what]])),
      ...(tag === 'conv-chat' ? { workspace: 'demo' } : {}),
    },
  }));
  return page.evaluate(
    async ({ elements, moments, round }) => {
      const provider = document.querySelector('conv-provider')!;
      const main = document.querySelector('main')!;
      let steps = round;
      const moment = async (): Promise<unknown> => {
        steps += 1;
        const which = moments[(steps * 7 + round) % moments.length];
        if (which === 'microtask') return undefined;
        if (which === 'task')
          return new Promise((resolve) => {
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => resolve(port1.close());
            port2.postMessage(0);
          });
        if (which === 'frame') return new Promise((resolve) => requestAnimationFrame(resolve));
        return which === 'request' ? fetch('/healthz').catch(() => undefined) : undefined;
      };
      const within = (root: ParentNode, which: string): HTMLElement[] =>
        [...root.querySelectorAll<HTMLElement>('*')].flatMap((one) => [
          ...(one.matches(which) ? [one] : []),
          ...(one.shadowRoot ? within(one.shadowRoot, which) : []),
        ]);
      const drawn = async (element: HTMLElement, least: number): Promise<void> => {
        const begun = performance.now();
        while (within(element.shadowRoot!, '*').length < least && performance.now() - begun < 30_000)
          await new Promise((resolve) => requestAnimationFrame(resolve));
      };
      const frame = main.appendChild(document.createElement('iframe'));
      const shadow = provider.appendChild(document.createElement('div')).attachShadow({ mode: 'open' });
      const other = provider.appendChild(document.createElement('section'));
      for (const { tag, alone, least, set } of elements) {
        const all = { ...set, ...(alone ? { token: provider.getAttribute('token') } : {}) };
        const home = alone || tag === 'conv-chat' ? main : provider.appendChild(document.createElement('div'));
        // Made where the tag is unknown, with properties of its own from before it is known here.
        const early = Object.assign(document.implementation.createHTMLDocument().createElement(tag), all);
        home.append(early);
        await moment();
        early.remove();
        await moment();
        for (const parent of [shadow, other, home, frame.contentDocument!.body, home]) {
          parent.append(early);
          await moment();
        }
        await drawn(early, least);
        const copy = home.appendChild(early.cloneNode(true) as HTMLElement);
        await moment();
        other.append(early, copy);
        await moment();
        other.setHTMLUnsafe(other.innerHTML);
        await moment();
        other.replaceChildren();
        // Whatever opens something, and files on their way, in one that goes at once, or goes elsewhere.
        for (const [at, what] of ['[aria-haspopup]', 'input[type=file]', 'key'].entries()) {
          const one = home.appendChild(Object.assign(document.createElement(tag), all));
          await drawn(one, least);
          if (what === 'key') {
            for (const key of ['k', '/', '?'])
              one.dispatchEvent(new KeyboardEvent('keydown', { key, ctrlKey: key === 'k', bubbles: true, composed: true, cancelable: true }));
          }
          for (const control of what === 'key' ? [] : within(one.shadowRoot!, what)) {
            if (what.startsWith('input')) {
              const files = new DataTransfer();
              files.items.add(new File([new Uint8Array(200_000)], 'photo.png', { type: 'image/png' }));
              Object.assign(control, { files: files.files });
              control.dispatchEvent(new Event('change', { bubbles: true }));
            } else control.click();
            await moment();
            if (at === 0) (one.parentNode === home ? other : home).append(one);
          }
          if (what === 'key' && tag === 'conv-chat') void (one as HTMLElementTagNameMap['conv-chat']).open();
          await moment();
          one.remove();
          await moment();
          home.append(one);
          await moment();
          one.remove();
        }
        if (home !== main) home.remove();
      }
      frame.remove();
      other.remove();
      (shadow.host as HTMLElement).remove();
      await new Promise((resolve) => requestIdleCallback(resolve));
      return steps - round;
    },
    { elements, moments: MOMENTS, round },
  );
}
