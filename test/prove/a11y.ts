/**
 * Every screen of the demo in every state, as readers have them set: light and dark, from left to right and from right to
 * left, on a phone, at 320 pixels, wide, and made twice as large. Axe looks at each by WCAG 2.2 A and AA, and the page is asked for what axe cannot see.
 */
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../support/browser.ts';
import { giveEyes } from './a11y-page.ts';
import { screens } from './a11y-screens.ts';
import type { Screen } from './a11y-screens.ts';

/** How a screen is dressed while it is looked at. */
interface Dress {
  theme: 'light' | 'dark';
  dir: 'ltr' | 'rtl';
  look?: 'plain' | 'contrast';
  forced?: boolean;
}

interface Sweep {
  /** Screens, each time that it was looked at in another dress or width. */
  looked: number;
  /** Stops of the Tab key at which the focus was looked for. */
  stops: number;
  /** What was opened and closed by Escape, with the focus looked for afterwards. */
  closed: number;
  /** What is wrong, and where. */
  faults: string[];
}

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
/** So many presses of Tab have to lead through a screen and out of it. */
const MOST_STOPS = 400;

const themes = ['light', 'dark'] as const;
const usual = themes.flatMap((theme) => (['ltr', 'rtl'] as const).map((dir): Dress => ({ theme, dir })));
/** Each width with what is put on at it, and in which dress it is walked through by keyboard at last. */
const ways: readonly { width: number; height?: number; scale?: number; dresses: readonly Dress[]; walked?: Dress }[] = [
  {
    width: 1280,
    dresses: [
      ...usual,
      ...themes.flatMap((theme) => (['plain', 'contrast'] as const).map((look): Dress => ({ theme, dir: 'ltr', look }))),
      { theme: 'light', dir: 'ltr', forced: true },
    ],
    walked: { theme: 'light', dir: 'ltr' },
  },
  { width: 390, dresses: usual, walked: { theme: 'dark', dir: 'rtl' } },
  { width: 320, dresses: usual },
  // A window of 1280 by 900, made twice as large.
  { width: 640, height: 450, scale: 2, dresses: [{ theme: 'light', dir: 'ltr' }] },
];

/**
 * @param options.brief each width in its first dress and in the dark from right to left
 * @param options.widths of 1280, 390, 320 and 640, in CSS pixels
 * @param options.only names of screens, for one that is mended; all unless told
 */
export async function sweep(
  url: string,
  { widths = [1280, 390, 320, 640], brief = false, only }: { widths?: readonly number[]; brief?: boolean; only?: readonly string[] },
  say: (progress: string, faults: readonly string[]) => void,
): Promise<Sweep> {
  const browser = await launchBrowser();
  const result: Sweep = { looked: 0, stops: 0, closed: 0, faults: [] };
  try {
    const wanted = screens.filter(({ name }) => only?.includes(name) ?? true);
    for (const [at, screen] of wanted.entries()) {
      for (const { width, dresses, ...how } of ways.filter((way) => widths.includes(way.width))) {
        const where = `${screen.name}, ${width}`;
        const worn = brief ? dresses.filter((dress, at) => at === 0 || (dress.theme === 'dark' && dress.dir === 'rtl')) : dresses;
        const found = await look(browser, url, screen, { width, dresses: worn, ...how }, result).catch((error: unknown) => [
          `cannot be shown: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`,
        ]);
        result.faults.push(...found.map((fault) => `${where}: ${fault}`));
        say(`${at + 1} of ${wanted.length}, ${where}`, found);
      }
    }
  } finally {
    await browser.close();
  }
  return result;
}

async function look(
  browser: Browser,
  url: string,
  screen: Screen,
  { width, height = 900, scale = 1, dresses, walked }: (typeof ways)[number],
  result: Sweep,
): Promise<string[]> {
  const context = await browser.newContext({ viewport: { width, height }, deviceScaleFactor: scale, reducedMotion: 'reduce', colorScheme: 'light' });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  try {
    // What the compiler adds to functions by name is not there in a page.
    await page.addInitScript({ content: 'globalThis.__name ??= (one) => one;' });
    await page.addInitScript({ path: axe });
    await page.addInitScript(giveEyes);
    const [path = '', hash = ''] = screen.at.split('#');
    await page.goto(`${url}/${path}${hash ? `#${hash}` : ''}`);
    await screen.show?.(page);
    const faults: string[] = [];
    for (const [at, dress] of dresses.entries()) {
      if (dress.look && path !== 'portal.html') continue;
      await put(page, dress);
      const where = Object.values(dress).join(' ');
      faults.push(...(await wrongs(page, dress, at === 0)).map((fault) => `${where} ${fault}`));
      result.looked += 1;
    }
    if (walked) {
      await put(page, walked);
      faults.push(...(screen.opens ? await leave(page, screen.opens, result) : await walk(page, result)));
      // Spacing cannot be taken back, so it comes last.
      if (width === 1280 && !screen.opens)
        faults.push(
          ...(await page.evaluate(() => {
            window.eyes.space();
            return window.eyes.cut().map((one) => `cut ${one}`);
          })),
        );
    }
    return faults;
  } finally {
    await context.close();
  }
}

/** Dresses a page that is open. */
async function put(page: Page, { theme, dir, look: wanted, forced }: Dress): Promise<void> {
  await page.emulateMedia({ colorScheme: theme, forcedColors: forced ? 'active' : 'none' });
  await page.evaluate(
    async ([to, direction, sheet]) => {
      document.documentElement.dataset['theme'] = to;
      document.documentElement.dir = direction!;
      document.querySelector('link[data-swept]')?.remove();
      if (sheet) {
        const link = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: `/theme-${sheet}.css` });
        link.dataset['swept'] = '';
        document.head.append(link);
        await new Promise((resolve) => link.addEventListener('load', resolve));
      }
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    },
    [theme, dir, wanted],
  );
}

/** What axe finds, and what the page says of itself. @param whole also what no dress changes: names, roles, structure */
async function wrongs(page: Page, { look: wanted, forced }: Dress, whole: boolean): Promise<string[]> {
  const runOnly = whole
    ? { type: 'tag' as const, values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }
    : { type: 'rule' as const, values: ['target-size', ...(forced ? [] : [wanted === 'contrast' ? 'color-contrast-enhanced' : 'color-contrast'])] };
  const found = await page.evaluate(async (only) => {
    const { violations } = (await window.axe.run(document.documentElement, { iframes: false, resultTypes: ['violations'], runOnly: only })) as AxeResults;
    return violations.flatMap(({ id, nodes }) => nodes.map(({ target, any }) => `axe ${id} ${JSON.stringify(target.at(-1))} ${any[0]?.message ?? ''}`));
  }, runOnly);
  const own = await page.evaluate(
    (system) => [
      ...window.eyes.small().map((one) => `small ${one}`),
      ...window.eyes.moving().map((one) => `moves ${one}`),
      ...window.eyes.outside().map((one) => `outside ${one}`),
      ...(innerWidth <= 640 ? [...window.eyes.sideways().map((one) => `sideways ${one}`), ...window.eyes.cut().map((one) => `cut ${one}`)] : []),
      // Colours of the system are the reader's own choice.
      ...(system ? [] : window.eyes.faint().map((one) => `faint ${one}`)),
    ],
    forced ?? false,
  );
  return [...found, ...own];
}

/** Tab from the top of the page to its end: each stop is seen, nothing lies over it, none holds the focus. */
async function walk(page: Page, result: Sweep): Promise<string[]> {
  const faults: string[] = [];
  let before = '';
  let held = 0;
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  for (let at = 0; at < MOST_STOPS; at += 1) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(() => window.eyes.stop());
    if (stop.at === '' && at > 0) return faults;
    result.stops += 1;
    // What the host's own page shows is its own.
    if (stop.ours && !stop.seen) faults.push(`focus not seen at ${stop.at}`);
    if (stop.ours && stop.covered) faults.push(`focus covered at ${stop.at}`);
    held = stop.at === before ? held + 1 : 0;
    if (held > 8) return [...faults, `focus held at ${stop.at}`];
    before = stop.at;
  }
  return [...faults, `more than ${MOST_STOPS} stops, the last at ${before}`];
}

/** Escape closes it, and the focus is on something again. */
async function leave(page: Page, opens: string, result: Sweep): Promise<string[]> {
  result.closed += 1;
  const inside = await page.evaluate(() => window.eyes.stop());
  const faults =
    inside.at === '' ? ['the focus is not in what has opened'] : inside.seen || inside.at.includes('.menu-item') ? [] : [`focus not seen at ${inside.at}`];
  await page.keyboard.press('Escape');
  await page.locator(opens).first().waitFor({ state: 'hidden' });
  const back = await page.evaluate(
    () => new Promise<string>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(window.eyes.stop().at)))),
  );
  return back === '' ? [...faults, 'the focus is lost after Escape'] : faults;
}
