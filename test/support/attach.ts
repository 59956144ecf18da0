/** Elements that are put on a page and taken away again, many times: what the page holds before and after. */
import type { Browser, CDPSession, Page } from 'playwright-core';
import { sections } from '../../widgets/elements/settings-sections.ts';
import type { DemoClient } from './demo-client.ts';

/** What a page holds once its garbage has been collected. */
export interface Held {
  /** Bytes of the heap that are in use. */
  heap: number;
  nodes: number;
  listeners: number;
  /** How many of each class there are, of those that a leak would show in; of elements those that are on no page. */
  instances: Readonly<Record<string, number>>;
}

/** Ids of things that are there, which elements show. */
export type Shown = Record<'conversation' | 'draft' | 'handedOff', string>;

/** One way to stand on a page. */
export interface Standing {
  name: string;
  tag: string;
  /** Properties that name something. */
  shows?: Partial<Record<'conversation' | 'draft', keyof Shown>>;
  /** Properties that are the same everywhere. */
  set?: Readonly<Record<string, string>>;
  /** How many elements there are in its roots, and of which kind, once it has drawn what it shows: what draws nothing proves nothing. */
  least: number;
  counts?: string;
  /** Stands with the operator's token of its own, outside of the page's provider. */
  alone?: boolean;
  /** Its buttons that open something are pressed, another one each time that it has drawn all, and that is open still when it is taken away. */
  opens?: boolean;
}

/** Every element that a page can have by itself. */
export const standings: readonly Standing[] = [
  { name: 'conv-provider', tag: 'conv-provider', least: 1, alone: true },
  { name: 'conv-inbox', tag: 'conv-inbox', shows: { conversation: 'conversation' }, least: 3, counts: '.line' },
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
];

/** The same with something open in them, and each section of the settings. */
export const openings: readonly Standing[] = [
  ...standings
    .filter(({ alone, tag }) => !alone && tag !== 'conv-report')
    .map((standing): Standing => ({ ...standing, name: `${standing.name}, opened`, opens: true })),
  ...sections.map(
    ({ id: section }): Standing => ({ name: `conv-settings, ${section}`, tag: 'conv-settings', set: { section }, least: 1, counts: '.shown > :not(.bones)' }),
  ),
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
  await page.evaluate(
    (tags) =>
      Promise.all(
        tags.map(async (tag) => {
          const first = document.body.appendChild(document.createElement(tag));
          await customElements.whenDefined(tag);
          first.remove();
        }),
      ),
    [...new Set(standings.map(({ tag }) => tag))],
  );
  return page;
}

/** Classes of the browser whose objects outlive an element that forgets to end them. */
const ended = ['AbortController', 'BroadcastChannel', 'IntersectionObserver', 'MutationObserver', 'ResizeObserver'];

/**
 * Everything of a class that still lives, counted by name: what something holds is never collected. Of nodes those alone that
 * are on no page; the templates of the elements are none of them, which stay as code does.
 * @param of the name of a class of the browser
 */
async function instances(cdp: CDPSession, of: string): Promise<Record<string, number>> {
  const { result: prototype } = await cdp.send('Runtime.evaluate', { expression: `${of}.prototype` });
  const { objects } = await cdp.send('Runtime.queryObjects', { prototypeObjectId: prototype.objectId! });
  const count = `function () {
    const found = {};
    for (const one of this) {
      if (Object.getOwnPropertyDescriptor(one, 'constructor')) continue;
      const node = one instanceof Node;
      if (node && (one.isConnected || one.localName === 'template' || !one.ownerDocument?.defaultView || (one instanceof DocumentFragment && !one.host))) continue;
      const name = node ? one.host ? 'root of ' + one.host.localName : one.nodeName.toLowerCase() : one.constructor.name;
      found[name] = (found[name] ?? 0) + 1;
    }
    return found;
  }`;
  const { result } = await cdp.send('Runtime.callFunctionOn', { objectId: objects.objectId!, functionDeclaration: count, returnByValue: true });
  await cdp.send('Runtime.releaseObject', { objectId: objects.objectId! });
  return (result.value ?? {}) as Record<string, number>;
}

/** Nodes that are on no page and yet live, by their names. */
export async function living(cdp: CDPSession): Promise<Record<string, number>> {
  await cdp.send('HeapProfiler.collectGarbage');
  return instances(cdp, 'Node');
}

/** Looks at the page without a change after which it holds what it will go on holding: stores outlive their last element by two seconds. */
const STILL = 5;
const BETWEEN = 500;

/** What the page holds once nothing in it waits to be collected any more. */
export async function heldBy(page: Page, cdp: CDPSession): Promise<Held> {
  let held = { heap: 0, nodes: -1, listeners: -1 };
  for (let still = 0; still < STILL; ) {
    await cdp.send('HeapProfiler.collectGarbage');
    const { usedSize } = await cdp.send('Runtime.getHeapUsage');
    const { nodes, jsEventListeners } = await cdp.send('Memory.getDOMCounters');
    still = nodes === held.nodes && jsEventListeners === held.listeners ? still + 1 : 0;
    held = { heap: usedSize, nodes, listeners: jsEventListeners };
    await page.evaluate((ms) => new Promise((resolve) => setTimeout(resolve, ms)), BETWEEN);
  }
  const found: Record<string, number> = {};
  for (const name of ['Node', ...ended]) Object.assign(found, await instances(cdp, name));
  return { ...held, instances: found };
}

/**
 * Puts an element on the page and takes it away again, so many times; in every `draws`th round once it has drawn all that it
 * shows and that was painted, in the others at once after its first drawing.
 */
export async function attachRounds(page: Page, standing: Standing, rounds: number, shown: Shown, draws = 20): Promise<void> {
  const { tag, shows = {}, least, counts = '*', alone = false, opens = false } = standing;
  const set = {
    ...standing.set,
    ...Object.fromEntries(Object.entries(shows).map(([property, what]) => [property, shown[what]])),
    ...(tag === 'conv-chat' ? { workspace: 'demo' } : {}),
  };
  await page.evaluate(
    async ({ tag, set, least, counts, alone, opens, rounds, draws }) => {
      const provider = document.querySelector('conv-provider')!;
      const parent = alone || tag === 'conv-chat' ? document.querySelector('main')! : provider;
      const turn = (): Promise<void> =>
        new Promise((resolve) => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => resolve(port1.close());
          port2.postMessage(0);
        });
      const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));
      const within = (root: ParentNode, which: string): HTMLElement[] =>
        [...root.querySelectorAll<HTMLElement>('*')].flatMap((one) => [
          ...(one.matches(which) ? [one] : []),
          ...(one.shadowRoot ? within(one.shadowRoot, which) : []),
        ]);
      for (let round = 0; round < rounds; round += 1) {
        const element = document.createElement(tag) as HTMLElement & { updateComplete?: Promise<unknown>; open?(): Promise<void> };
        Object.assign(element, set, alone ? { token: provider.getAttribute('token') } : {});
        parent.append(element);
        await element.updateComplete;
        if (round % draws === 0) {
          const begun = performance.now();
          for (let drawn = 0; drawn < least; drawn = within(element.shadowRoot!, counts).length) {
            if (performance.now() - begun > 60_000) throw new Error(`${tag} draws ${drawn} elements only`);
            await frame();
          }
          await frame();
          if (opens) {
            const openers = within(element.shadowRoot!, 'button[aria-haspopup]:not(:disabled)');
            if (tag === 'conv-chat') await element.open!();
            else openers[(round / draws) % openers.length]?.click();
            await frame();
          }
        } else await turn();
        element.remove();
        await turn();
      }
    },
    { tag, set, least, counts, alone, opens, rounds, draws },
  );
}
