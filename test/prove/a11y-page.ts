/** What the sweep asks of a page by itself, beside axe: sizes of targets, the focus at each stop, live regions, motion, overflow. */

/** Where the focus stands, and whether somebody who looks sees it. */
interface Stop {
  /** The path through the shadow roots, with class, name and place. */
  at: string;
  /** Whether it is in one of our elements. */
  ours: boolean;
  seen: boolean;
  covered: boolean;
}

interface Eyes {
  /** Targets below 24 by 24 CSS pixels that are no links within a sentence. */
  small(): string[];
  stop(): Stop;
  /** Live regions that say something. */
  speaking(): string[];
  /** Animations that run. */
  moving(): string[];
  /** What reaches past the sides of the window. */
  outside(): string[];
  /** Gives every element the spacing that a reader may choose. */
  space(): void;
  /** What is scrolled sideways, but for tables, charts, code and rows of tabs: at 320 CSS pixels nothing else may be. */
  sideways(): string[];
  /** Texts that are cut off without a sign that they are. */
  cut(): string[];
  /** Tokens whose contrast with what they stand on is below 3:1. */
  faint(): string[];
}

declare global {
  interface Window {
    eyes: Eyes;
  }
}

/** Runs in the page, before its own scripts. */
export function giveEyes(): void {
  const all = (root: ParentNode): HTMLElement[] =>
    [...root.querySelectorAll<HTMLElement>('*')].flatMap((one) => [one, ...(one.shadowRoot ? all(one.shadowRoot) : [])]);
  const roots = (): ShadowRoot[] => all(document).flatMap(({ shadowRoot }) => shadowRoot ?? []);
  const up = (of: Node): Node | null => (of instanceof Element && of.assignedSlot) || of.parentNode || (of instanceof ShadowRoot ? of.host : null);
  const within = (inner: Node | null, outer: Node): boolean => {
    for (let at = inner; at; at = up(at)) if (at === outer) return true;
    return false;
  };
  const name = (one: Element): string =>
    `${one.localName}.${(one.getAttribute('class') ?? '').trim().replaceAll(/\s+/g, '.')} “${(one.getAttribute('aria-label') ?? one.textContent ?? '').trim().replaceAll(/\s+/g, ' ').slice(0, 40)}”`;
  const shown = (one: HTMLElement): boolean =>
    one.checkVisibility({ visibilityProperty: true, opacityProperty: false }) && one.getBoundingClientRect().width > 1;
  const ours = (one: Element): boolean => one.getRootNode() instanceof ShadowRoot;
  const active = (): Element | null => {
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    return at;
  };
  const hit = (x: number, y: number): Element | null => {
    let at = document.elementFromPoint(x, y);
    while (at?.shadowRoot) {
      const deeper = at.shadowRoot.elementFromPoint(x, y);
      if (!deeper || deeper === at) break;
      at = deeper;
    }
    return at;
  };
  const ring = (one: Element, part?: string): boolean => {
    const style = getComputedStyle(one, part);
    return style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 2 && !/^rgba\(.*, 0\)$/.test(style.outlineColor);
  };
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true })!;
  const light = (colour: string): number => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].map((byte) =>
      byte / 255 <= 0.04045 ? byte / 255 / 12.92 : ((byte / 255 + 0.055) / 1.055) ** 2.4,
    ) as [number, number, number];
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };

  window.eyes = {
    small: () =>
      all(document)
        .filter(
          (one) =>
            ours(one) &&
            shown(one) &&
            one.matches('a[href], button, input:not([type="hidden"]), select, textarea, summary, [role="button"], [role="tab"], [role="option"]') &&
            !one.closest('.sr'),
        )
        .flatMap((one) => {
          const label = one instanceof HTMLInputElement ? (one.closest('label') ?? one.labels?.[0]) : undefined;
          const boxes = [one, ...(label ? [label] : [])].map((box) => {
            const { width, height } = box.getBoundingClientRect();
            // What lies over it, invisible, takes presses too: a link over its whole row, a switch with a rim.
            const over = ['::before', '::after']
              .map((part) => getComputedStyle(box, part))
              .filter((part) => part.content !== 'none' && part.position === 'absolute' && !/auto/.test(part.inset));
            const size = (part: CSSStyleDeclaration): { width: number; height: number } => ({
              width: Number.parseFloat(part.width),
              height: Number.parseFloat(part.height),
            });
            return over
              .map(size)
              .reduce((most, part) => ({ width: Math.max(most.width, part.width), height: Math.max(most.height, part.height) }), { width, height });
          });
          const inText = getComputedStyle(one).display === 'inline' && (up(one)?.textContent?.trim().length ?? 0) > (one.textContent?.trim().length ?? 0);
          return inText || boxes.some(({ width, height }) => width >= 23.9 && height >= 23.9)
            ? []
            : [`${name(one)} ${boxes.map(({ width, height }) => `${width.toFixed(0)}×${height.toFixed(0)}`).join(' ')}`];
        }),
    stop() {
      const at = active();
      if (!at || at === document.body) return { at: '', ours: false, seen: true, covered: false };
      const path: string[] = [];
      for (let node: Node | null = at; node; node = node.getRootNode() instanceof ShadowRoot ? (node.getRootNode() as ShadowRoot).host : null)
        path.unshift((node as Element).localName);
      const box = at.getBoundingClientRect();
      const around: Element[] = [];
      for (let node: Node | null = at; node && around.length < 6; node = up(node)) if (node instanceof Element) around.push(node);
      const seen =
        around.some((one) => ring(one) || ring(one, '::after')) ||
        around.slice(1).some((one) => one.matches('.composer, .chat-write, .editor') && ring(one)) ||
        at.matches('iframe');
      const points = [
        [0.5, 0.5],
        [0.1, 0.5],
        [0.9, 0.5],
        [0.5, 0.15],
        [0.5, 0.85],
      ].map(([x, y]) => [box.left + box.width * x!, box.top + box.height * y!] as const);
      const covered =
        box.width > 1 &&
        !points.some(([x, y]) => {
          const top = hit(x, y);
          return (
            within(top, at) ||
            (top !== null && within(at, top) && !(top instanceof HTMLHtmlElement || top instanceof HTMLBodyElement)) ||
            at.closest('label')?.contains(top) === true
          );
        });
      return { at: `${path.join(' ')}.${at.getAttribute('class') ?? ''} ${name(at)} ${box.x.toFixed(0)},${box.y.toFixed(0)}`, ours: ours(at), seen, covered };
    },
    speaking: () =>
      all(document)
        .filter(
          (one) =>
            ours(one) &&
            one.matches('[aria-live]:not([aria-live="off"]), [role="status"], [role="alert"], [role="log"]') &&
            one.checkVisibility() &&
            (one.textContent ?? '').trim() !== '',
        )
        .map((one) => `${one.getAttribute('role') ?? one.ariaLive ?? ''} ${name(one)}`),
    moving: () =>
      [document, ...roots()]
        .flatMap((root) => root.getAnimations())
        .filter((one) => one.playState === 'running' && Number(one.effect?.getComputedTiming().duration ?? 0) > 0)
        .map((one) => `${one instanceof CSSAnimation ? one.animationName : one.id} ${name((one.effect as KeyframeEffect).target!)}`),
    outside: () => [
      ...(document.documentElement.scrollWidth > innerWidth + 1 ? [`the page is ${document.documentElement.scrollWidth} wide`] : []),
      ...all(document)
        .filter((one) => ours(one) && shown(one) && one.matches('button, a, input, select, textarea, h1, h2, h3') && !one.closest('.sr, .skips'))
        .filter((one) => {
          const { left, right } = one.getBoundingClientRect();
          if (left >= -1 && right <= innerWidth + 1) return false;
          for (let node = up(one); node; node = up(node))
            if (node instanceof HTMLElement && /auto|scroll/.test(getComputedStyle(node).overflowX) && node.scrollWidth > node.clientWidth) return false;
          return true;
        })
        .map(name),
    ],
    sideways: () =>
      all(document)
        .filter(
          (one) =>
            ours(one) &&
            shown(one) &&
            /auto|scroll/.test(getComputedStyle(one).overflowX) &&
            one.scrollWidth > one.clientWidth + 1 &&
            !one.matches('pre, .tabs, .form-tabs, .plot-scroll, .table-scroll, textarea, input'),
        )
        .map(name),
    space() {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(
        '*, ::before, ::after { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; } p { margin-block-end: 2em !important; }',
      );
      for (const root of [document, ...roots()]) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    },
    cut: () =>
      all(document)
        .filter((one) => ours(one) && shown(one) && one.matches('button, a, h1, h2, h3, label, legend, p, summary, dt, dd') && !one.closest('.sr'))
        .filter((one) => {
          const style = getComputedStyle(one);
          return (
            /hidden|clip/.test(style.overflowY) &&
            style.textOverflow !== 'ellipsis' &&
            style.getPropertyValue('-webkit-line-clamp') === 'none' &&
            one.scrollHeight > one.clientHeight + 2
          );
        })
        .map(name),
    faint() {
      const probe = document.createElement('i');
      const host = all(document).find((one) => one.localName.startsWith('conv-') && one.shadowRoot)!;
      // A chat that was never opened has no tokens yet.
      if (!getComputedStyle(host).getPropertyValue('--conv-canvas')) return [];
      host.shadowRoot!.append(probe);
      const colour = (token: string): string => {
        probe.style.setProperty('color', `var(--conv-${token})`);
        return getComputedStyle(probe).color;
      };
      const found = ['control', 'focus', 'accent', 'accent-fill', 'agent', 'note', 'handoff', 'urgent', 'good'].flatMap((mark) =>
        ['canvas', 'surface', 'raised'].flatMap((under) => {
          const [a, b] = [light(colour(mark)), light(colour(under))].toSorted((one, other) => other - one) as [number, number];
          const ratio = (a + 0.05) / (b + 0.05);
          return ratio < 3 ? [`${mark} on ${under} ${ratio.toFixed(2)}:1`] : [];
        }),
      );
      probe.remove();
      return found;
    },
  };
}
