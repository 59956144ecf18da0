/** Elements that are put on a page and taken away again, many times: what the page holds before and after. */
import type { Browser, CDPSession, Page } from 'playwright-core';
import type { DemoClient } from './demo-client.ts';

/** What a page holds once its garbage has been collected. */
export interface Held {
  /** Bytes of the heap that are in use. */
  heap: number;
  nodes: number;
  listeners: number;
}

/** Ids of things that are there, which elements show. */
export type Shown = Record<'conversation' | 'draft' | 'handedOff', string>;

/** One way to stand on a page. */
export interface Standing {
  name: string;
  tag: string;
  /** Properties that name something. */
  shows?: Partial<Record<'conversation' | 'draft', keyof Shown>>;
  /** Elements in its root once it has drawn what it shows: what draws nothing proves nothing. */
  least: number;
  /** Stands with the operator's token of its own, outside of the page's provider. */
  alone?: boolean;
  /** The chat: opened before it is taken away. */
  open?: boolean;
}

/** Every element that a page can have by itself. */
export const standings: readonly Standing[] = [
  { name: 'conv-provider', tag: 'conv-provider', least: 1, alone: true },
  { name: 'conv-inbox', tag: 'conv-inbox', shows: { conversation: 'conversation' }, least: 4 },
  { name: 'conv-pool', tag: 'conv-pool', least: 100 },
  { name: 'conv-pool, alone', tag: 'conv-pool', least: 100, alone: true },
  { name: 'conv-thread', tag: 'conv-thread', shows: { conversation: 'conversation' }, least: 10 },
  { name: 'conv-details', tag: 'conv-details', shows: { conversation: 'conversation' }, least: 50 },
  { name: 'draft-review', tag: 'draft-review', shows: { draft: 'draft' }, least: 10 },
  { name: 'handoff-banner', tag: 'handoff-banner', shows: { conversation: 'handedOff' }, least: 10 },
  { name: 'conv-drafts', tag: 'conv-drafts', least: 10 },
  { name: 'conv-tickets', tag: 'conv-tickets', least: 20 },
  { name: 'conv-settings', tag: 'conv-settings', least: 100 },
  { name: 'conv-report', tag: 'conv-report', least: 30 },
  { name: 'conv-chat', tag: 'conv-chat', least: 3 },
  { name: 'conv-chat, opened', tag: 'conv-chat', least: 3, open: true },
];

/** What the demo has that elements can show. */
export async function shownIn(demo: DemoClient): Promise<Shown> {
  const [drafted, handed] = await Promise.all([demo.find('Hanne Vestergaard'), demo.find('Marta Oliveira')]);
  return { conversation: handed!.id, draft: drafted!.draft!.id, handedOff: handed!.id };
}

/** A page with a provider, and nothing in it yet, on the origin of the demo. @param token of an operator */
export async function attachPage(browser: Browser, url: string, token: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  const body = `<!doctype html><html lang="en"><title>Attach</title><body><conv-provider token="${token}"></conv-provider><main></main>
    <script type="module" src="/widgets/convene.js"></script><script type="module" src="/widgets/chat.js"></script>`;
  // tsx wraps functions in calls of it, which the page does not have.
  await page.addInitScript('globalThis.__name = (named) => named');
  await page.route(`${url}/attach`, (route) => route.fulfill({ contentType: 'text/html', body }));
  await page.goto(`${url}/attach`);
  await page.locator('conv-provider:state(live)').waitFor({ state: 'attached' });
  await page.evaluate((tags) => Promise.all(tags.map(async (tag) => {
    const first = document.body.appendChild(document.createElement(tag));
    await customElements.whenDefined(tag);
    first.remove();
  })), [...new Set(standings.map(({ tag }) => tag))]);
  return page;
}

/** How many elements of a tag still live, of those that were once on the page: what something holds is never collected. */
export async function living(cdp: CDPSession, tag: string): Promise<number> {
  await cdp.send('HeapProfiler.collectGarbage');
  const { result: prototype } = await cdp.send('Runtime.evaluate', { expression: `customElements.get('${tag}').prototype` });
  const { objects } = await cdp.send('Runtime.queryObjects', { prototypeObjectId: prototype.objectId! });
  const { result } = await cdp.send('Runtime.callFunctionOn', { objectId: objects.objectId!, functionDeclaration: 'function () { return this.length; }', returnByValue: true });
  await cdp.send('Runtime.releaseObject', { objectId: objects.objectId! });
  return result.value as number;
}

/** Looks at the page without a change after which it holds what it will go on holding: stores outlive their last element by two seconds. */
const STILL = 5;
const BETWEEN = 500;

/** What the page holds once nothing in it waits to be collected any more. */
export async function heldBy(page: Page, cdp: CDPSession): Promise<Held> {
  let held: Held | undefined;
  for (let still = 0; still < STILL; ) {
    await cdp.send('HeapProfiler.collectGarbage');
    const { usedSize } = await cdp.send('Runtime.getHeapUsage');
    const { nodes, jsEventListeners } = await cdp.send('Memory.getDOMCounters');
    still = held && nodes === held.nodes && jsEventListeners === held.listeners ? still + 1 : 0;
    held = { heap: usedSize, nodes, listeners: jsEventListeners };
    await page.evaluate((ms) => new Promise((resolve) => setTimeout(resolve, ms)), BETWEEN);
  }
  return held!;
}

/**
 * Puts an element on the page and takes it away again, so many times; in every twentieth round once it has drawn all that it
 * shows and that was painted, in the others at once after its first drawing.
 */
export async function attachRounds(page: Page, { tag, shows = {}, least, alone = false, open = false }: Standing, rounds: number, shown: Shown): Promise<void> {
  const set = Object.fromEntries(Object.entries(shows).map(([property, what]) => [property, shown[what]]));
  await page.evaluate(async ({ tag, set, least, alone, open, rounds }) => {
    const provider = document.querySelector('conv-provider')!;
    const parent = alone || tag === 'conv-chat' ? document.querySelector('main')! : provider;
    const turn = (): Promise<void> => new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => resolve(port1.close());
      port2.postMessage(0);
    });
    const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));
    for (let round = 0; round < rounds; round += 1) {
      const element = document.createElement(tag) as HTMLElement & { updateComplete?: Promise<unknown>; open?(): Promise<void> };
      Object.assign(element, set, tag === 'conv-chat' ? { workspace: 'demo' } : {}, alone ? { token: provider.getAttribute('token') } : {});
      parent.append(element);
      await element.updateComplete;
      if (open) await element.open!();
      if (round % 20 === 0) {
        const begun = performance.now();
        while ((element.shadowRoot?.querySelectorAll('*').length ?? 0) < least) {
          if (performance.now() - begun > 20_000) throw new Error(`${tag} draws ${element.shadowRoot?.querySelectorAll('*').length} elements only`);
          await frame();
        }
        await frame();
      } else await turn();
      element.remove();
      await turn();
    }
  }, { tag, set, least, alone, open, rounds });
}
